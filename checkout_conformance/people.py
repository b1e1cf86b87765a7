"""Invented buyers: new for each scenario, the same again for the same seed."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field, replace
from functools import lru_cache

import phonenumbers
from faker import Faker

from checkout_conformance.redaction.secrets import hide

PASSWORD_LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Buyer:
    """A person with a name, a mobile phone (E.164) and a password."""

    name: str
    phone: str
    password: str = field(repr=False)


def invent_buyer(seed: str) -> Buyer:
    """Return the buyer of ``seed``; another seed gives another buyer.

    It uses its own random generator, because pytest-randomly resets the global one and Faker's.
    """
    numbers = random.Random(seed)
    password = "".join(numbers.choices(PASSWORD_LETTERS, k=16))
    return Buyer(_name(numbers), _mobile_phone(numbers), hide(password))


def with_phone(buyer: Buyer, beginning: str) -> Buyer:
    """Return the same person with a phone number that starts with ``beginning``."""
    return replace(buyer, phone=beginning + buyer.phone[len(beginning) :])


def _name(numbers: random.Random) -> str:
    faker = _faker()
    faker.seed_instance(numbers.getrandbits(64))
    return f"{faker.first_name()} {faker.last_name()}"


def _mobile_phone(numbers: random.Random) -> str:
    """Return a valid Russian mobile number; most random numbers are not valid."""
    while True:
        number = phonenumbers.parse(f"+79{numbers.randrange(10**9):09}")
        if _is_mobile(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    kind = phonenumbers.number_type(number)
    return phonenumbers.is_valid_number(number) and kind == phonenumbers.PhoneNumberType.MOBILE


@lru_cache
def _faker() -> Faker:
    return Faker("en_GB")
