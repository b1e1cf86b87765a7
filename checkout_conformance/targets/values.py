"""The kinds of values that a target file has: what is valid, and the message for what is not."""

from __future__ import annotations

import os
import re
from typing import Annotated
from urllib.parse import urlsplit

import phonenumbers
from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_core import PydanticCustomError

from checkout_conformance.clauses import read_clauses
from checkout_conformance.commands import did_you_mean
from checkout_conformance.content import site_names
from checkout_conformance.redaction.secrets import hide, hide_matches
from checkout_conformance.targets.deny_list import is_denied
from checkout_conformance.targets.glossary import Glossary
from checkout_conformance.targets.hosts import endpoint_of

# The type of the error for an address that no run may touch.
REFUSED = "refused"
CLOCK = "clock"
# What a scenario may need from a target in addition to its pages.
CAPABILITIES = {
    "accounts": "accounts can be opened behind the pages (else the buyers of the file are used)",
    "balances": "a wallet can be opened with a given balance",
    "batches": "several calls of a site's controls can be sent in one request (else one by one)",
    "begun payments": "a payment can be begun in the wallet by one call (else by its forms)",
    "cards": "the published test cards have their documented outcomes",
    "carts": "products can be put into a cart by one call (else by the shop's forms)",
    "challenges": "an issuer can ask the buyer for a code before a card is used (3-D Secure)",
    "checkouts": "a checkout can be started by one call (else by the shop's forms)",
    CLOCK: "the sites' time can be moved on",
    "faults": "faults can be set",
    "issuer": "a card's issuer can take the cent or withdraw its consent, and has its own list",
    "late invoices": "an order is kept while the wallet fails, and its invoice comes later",
    "linked cards": "a card can be linked by one call (else by the forms of shop and vault)",
    "merchants": "another shop can be added to the wallet",
    "messages": "every message to a phone can be counted, not only its code be read",
    "mobile": "there is a mobile version",
    "new keys": "another shop can be given a new key while its old one still holds",
    "orders": "an order can be placed by one call (else by the shop's forms)",
    "products": "price and sale of a product can be changed",
    "records": "the sites' records can be read: number of payments, amounts on hold",
    "refunds": "the harness may speak to the wallet as the merchant",
    "sessions": "a person can be signed in by one call (else by the sign-in form)",
    "standard webhooks": "the wallet also signs notifications as Standard Webhooks says",
    "statements": "a merchant has a daily statement, and a log of what it was told",
    "ticks": "one of several products in a cart can be bought alone",
}


def _from_environment(variable: object) -> SecretStr:
    if not isinstance(variable, str) or not variable:
        raise ValueError("give the name of an environment variable")
    if not os.environ.get(variable):
        raise ValueError(f"the environment has no variable {variable}; set it for this run")
    return SecretStr(hide(os.environ[variable]))


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("give a whole address that begins with https:// or http://")
    if "@" in parts.netloc:
        raise ValueError("leave name and password out of the address")
    try:
        endpoint_of(url)
    except ValueError as error:
        raise ValueError(f"{error}; write the address as a browser shows it") from None
    if is_denied(parts.hostname):
        raise PydanticCustomError(
            REFUSED,
            "{host} belongs to a real provider, which no run may touch;"
            " give the address of a test instance",
            {"host": parts.hostname},
        )
    return url.rstrip("/")


def _phone(number: str) -> str:
    try:
        valid = phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        valid = False
    if not valid:
        raise ValueError("give a phone number with its country: +79161234567")
    return number


def _currency(code: str) -> str:
    if not re.fullmatch("[A-Z]{3}", code):
        raise ValueError("name a currency by its three capital letters: RUB")
    return code


def _known_site(name: str) -> str:
    if name not in site_names():
        raise ValueError(f"there is no site {name!r}, only: {', '.join(site_names())}")
    return name


def _known_clause(name: str) -> str:
    if name not in read_clauses():
        raise ValueError(f"there is no clause {name!r}.{did_you_mean(name, list(read_clauses()))}")
    return name


def _known_label(name: str) -> str:
    if name not in Glossary("en").names():
        raise ValueError(f"features/glossary.toml has no label {name!r}; name one of its own")
    return name


def _known_lack(name: str) -> str:
    if name not in CAPABILITIES and name not in Glossary("en").names():
        raise ValueError(
            f"{name!r} is neither a label of features/glossary.toml nor one of: "
            + ", ".join(CAPABILITIES)
        )
    return name


def _known_capability(name: str) -> str:
    if name not in CAPABILITIES:
        raise ValueError(f"{name!r} is no capability; one site can lack: {', '.join(CAPABILITIES)}")
    return name


def _database(url: str) -> str:
    if "://" not in url or "{site}" not in url:
        raise ValueError("give a URL with {site} in it: postgresql+psycopg://…/mock_{site}")
    return url


def _pattern(expression: str) -> str:
    try:
        hide_matches(expression)
    except re.error as error:
        raise ValueError(f"this is no regular expression: {error}") from None
    return expression


SiteName = Annotated[str, AfterValidator(_known_site)]
FromEnvironment = Annotated[SecretStr, BeforeValidator(_from_environment)]
ClauseId = Annotated[str, AfterValidator(_known_clause)]
Address = Annotated[str, AfterValidator(_web_address)]
Phone = Annotated[str, AfterValidator(_phone)]
Currency = Annotated[str, AfterValidator(_currency)]
LabelName = Annotated[str, AfterValidator(_known_label)]
Lack = Annotated[str, AfterValidator(_known_lack)]
SiteLack = Annotated[str, AfterValidator(_known_capability)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
Pattern = Annotated[str, AfterValidator(_pattern)]
