from __future__ import annotations

import random

import phonenumbers
from faker.generator import random as random_of_faker

from checkout_conformance.people import Buyer, invent_buyer
from checkout_conformance.redaction.secrets import MASK, redact


def test_one_seed_one_buyer_whatever_the_global_random_numbers_are() -> None:
    first = invent_buyer("run 1 a scenario")
    random.seed(7)
    random_of_faker.seed(7)
    assert invent_buyer("run 1 a scenario") == first


def test_buyers_differ_though_the_global_random_numbers_are_reset() -> None:
    buyers = set()
    for number in range(200):
        random.seed(7)
        random_of_faker.seed(7)
        buyers.add(invent_buyer(f"run 1 scenario {number}"))
    assert len({buyer.phone for buyer in buyers}) == 200
    assert len({buyer.password for buyer in buyers}) == 200


def test_every_phone_is_a_valid_russian_mobile() -> None:
    for number in range(200):
        phone = invent_buyer(f"phone {number}").phone
        parsed = phonenumbers.parse(phone)
        assert phone.startswith("+79")
        assert phonenumbers.is_valid_number(parsed)
        assert phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE


def test_a_password_is_neither_shown_nor_reported() -> None:
    buyer = invent_buyer("secret")
    assert buyer.password not in repr(buyer)
    assert redact(f"typed {buyer.password}") == f"typed {MASK}"
    assert repr(Buyer("Ann Lee", "+79161234567", "pw")) == (
        "Buyer(name='Ann Lee', phone='+79161234567')"
    )
