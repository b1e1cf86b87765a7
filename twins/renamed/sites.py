"""Our sites with other names, prices, currency, limits, codes, paths and words: right all the same.

Whatever a feature takes for granted that no clause says is otherwise here. ``target.toml`` alone
has to tell the features so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from babel.support import NullTranslations
from flask import Flask

import mock_sites.__main__ as sites
import mock_sites.shared.values.published_refusals as refusals
import mock_sites.wallet
from checkout_conformance.deviants.change import Change
from checkout_conformance.targets.glossary import Glossary
from mock_sites.shared.accounts import people
from mock_sites.shared.runtime.site import Site
from mock_sites.shared.values import one_time_codes
from mock_sites.shared.web import languages
from mock_sites.shop import store as shop_store
from mock_sites.shop.domain import cart, checkout, orders
from mock_sites.shop.domain import catalogue as goods
from mock_sites.wallet.domain import catalogue as payees
from mock_sites.wallet.domain import code_limits, codes
from mock_sites.wallet.domain.codes import NewCode
from mock_sites.wallet.store import PaymentRow

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
CURRENCY = "KZT"
DIGITS, WRONG_CODES, WRONG_PASSWORDS = 5, 3, 4
# By the segment of a path that the reference has.
SEGMENTS = {
    "sign-in": "login",
    "sign-out": "logout",
    "pay": "services",
    "payments": "transfers",
    "check": "compare",
    "code": "secret",
    "invoices": "bills",
    "history": "movements",
    "cart": "basket",
    "checkout": "till",
    "orders": "purchases",
    "products": "goods",
    "profile": "me",
    "cards": "plastics",
}
# What programs ask is laid down by protocols.
OF_PROGRAMS = ("/_control", "/partner", "/ams", "/notifications", "/form", "/static", "/.")
# The labels that pages have in a context of their own, by their names.
CONTEXTS = {
    "Confirm (card)": "card form",
    "Pay (invoice)": "invoice",
    "Expired": "card",
    "Card": "means of payment",
    "Account": "payment system",
}
# Texts of pages with a documented label inside a longer sentence.
SENTENCES = {
    "An expired card cannot be used to pay. Update its expiry in your payment system account or"
    " add another card.": "This one is too old.",
    "One kopek (%(kopek)s) is held on %(card)s to check it, for one day or less. Then it is"
    " released, and the link is final.": "A hundredth (%(kopek)s) is kept back on %(card)s for a"
    " test, at most 24 hours.",
}
VAT = """      <li><span>VAT included</span> <span>{{ vat_in(checkout.total) | money }}</span></li>
      <li class="sum">"""
Create = Callable[..., Site]


def english() -> dict[str, str]:
    """What the renamed pages say instead of a text, by the text; by context before a bar."""
    label = Glossary("en").label
    found = {label(name): words for name, words in WORDS["labels"].items() if name not in CONTEXTS}
    found |= {
        f"{context}|{label(name)}": WORDS["labels"][name] for name, context in CONTEXTS.items()
    }
    # Both forms of the word are on the pages.
    found["Expired"] = WORDS["labels"]["Expired"]
    found |= SENTENCES
    found |= WORDS["products"]
    found |= WORDS["payees"]
    return found


class Renamed(NullTranslations):
    """The words of a language, with other English ones and the same in the other languages."""

    def __init__(self, base: NullTranslations, words: Mapping[str, str], is_english: bool) -> None:
        super().__init__()
        self._base = base
        self._words = words
        own = WORDS["products"] | WORDS["payees"]
        self._old = {} if is_english else {new: old for old, new in own.items()}

    def gettext(self, message: str) -> str:
        return self._words.get(message) or str(self._base.gettext(self._old.get(message, message)))

    ugettext = gettext

    def pgettext(self, context: str, message: str) -> str:
        said = self._words.get(f"{context}|{message}")
        return said or str(self._base.pgettext(context, message))

    upgettext = pgettext

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return str(self._base.ngettext(msgid1, msgid2, n))

    ungettext = ngettext


def goods_file(folder: Path) -> Path:
    """Write the shop's products under other names, with other prices and one more.

    The name of that one holds the name of another.
    """
    text = (Path(goods.__file__).parent.parent / "products.toml").read_text(encoding="utf-8")
    for old, new in WORDS["products"].items():
        text = text.replace(f'name = "{old}"', f'name = "{new}"')
    for slug, price in WORDS["prices"].items():
        text = re.sub(
            rf'(slug = "{slug}"\n(?:.*\n)*?price = )"[^"]*"', rf'\g<1>"{price}"', text, count=1
        )
    head, tail = text.split("[[products]]", 1)
    more = (
        '[[products]]\nslug = "slippers-kids"\ncategory = "home"\n'
        'name = "Leather slippers, for children"\nprice = "980.00"\n'
        'description = "Small and soft."\n\n'
    )
    file = folder / "goods.toml"
    file.write_text(f"{head}{more}[[products]]{tail}", encoding="utf-8")
    return file


def payees_file(folder: Path) -> Path:
    """Write the wallet's payees under other names, with other limits."""
    text = payees.FILE.read_text(encoding="utf-8")
    for old, new in WORDS["payees"].items():
        text = text.replace(f'name = "{old}"', f'name = "{new}"')
    text = re.sub(r"smallest = 1_000\b", "smallest = 2_000", text)
    text = re.sub(r"smallest = 5_000\b", "smallest = 6_500", text)
    text = re.sub(r"largest = 1_500_000\b", "largest = 1_333_000", text)
    text = re.sub(r"largest = 300_000\b", "largest = 280_000", text)
    # Steam's accounts begin with a letter, two hyphens, and have no underscore.
    text = text.replace('pattern = "[A-Za-z0-9_]{3,64}", longest = 64', STEAM_ACCOUNT)
    file = folder / "payees.toml"
    file.write_text(text, encoding="utf-8")
    return file


STEAM_ACCOUNT = 'pattern = "[A-Z]-[a-z0-9-]{4,28}", longest = 30'


# The payee knows no such account.
UNKNOWN_ACCOUNT = "X-nobody"


def message(code: NewCode, payment: PaymentRow) -> str:
    """A message in other words, which the code begins."""
    return f"{code.digits} is your secret for {payment.payee_name} at the purse. Keep it to you."


def rules(change: Change) -> None:
    """Give the sites other numbers."""
    for module in (shop_store, cart, checkout, goods, payees, refusals):
        change.rule(module, "CURRENCY", CURRENCY)
    change.rule(checkout, "LARGEST_ORDER", replace(checkout.LARGEST_ORDER, currency=CURRENCY))
    change.rule(one_time_codes, "DIGITS", DIGITS)
    change.rule(codes, "VALID_FOR", timedelta(minutes=4))
    change.rule(codes, "NEW_ONE_AFTER", timedelta(seconds=45))
    change.rule(codes, "WRONG_ALLOWED", WRONG_CODES)
    change.rule(code_limits, "WRONG_FOR_INVOICE", 2 * WRONG_CODES)
    change.rule(code_limits, "WRONG_FOR_BUYER", 3 * WRONG_CODES)
    change.rule(people, "WRONG_PASSWORDS_ALLOWED", WRONG_PASSWORDS)
    change.rule(people, "LOCKOUT", timedelta(minutes=40))
    change.rule(orders, "TIME_TO_PAY", timedelta(hours=20))
    change.rule(mock_sites.wallet, "code_message", message)


def other_path(rule: str) -> str:
    """Return what the renamed sites have for the path of a page."""
    if rule.startswith(OF_PROGRAMS):
        return rule
    parts = [SEGMENTS.get(part, part) for part in rule.split("/")]
    path = "/".join(parts)
    # The messages of a phone have no segment of their own in the reference.
    return f"/messages{path}" if path.startswith("/<number>") else path


def changed(name: str, create: Create) -> Create:
    """Make a site with other paths and other words for its refusals."""
    add = Flask.add_url_rule

    def add_other(self: Flask, rule: str, *rest: Any, **options: Any) -> None:
        add(self, other_path(rule), *rest, **options)

    def create_renamed(*of_stack: Any) -> Site:
        with patch.object(Flask, "add_url_rule", add_other):
            site = create(*of_stack)
        wording = site.app.extensions["wording"]
        site.app.extensions["wording"] = {code: f"No ({code})." for code in wording}
        if name == "shop":
            change = Change()
            change.page("checkout.html", '      <li class="sum">', VAT)
            change.of_site(site.app)
            site.app.jinja_env.globals["vat_in"] = lambda total: replace(
                total, minor=round(total.minor * 12 / 112)
            )
        return site

    return create_renamed


def of_renamed(folder: Path) -> ExitStack:
    """Return a block in which the mock sites are made as the renamed ones; files go to folder."""
    change, block = Change(), ExitStack()
    rules(change)
    block.enter_context(change.of_rules())
    own = goods_file(folder)
    fill = goods.Catalogue.fill_from
    block.enter_context(patch.object(goods.Catalogue, "fill_from", lambda self, _: fill(self, own)))
    rows = [
        replace(row, value=UNKNOWN_ACCOUNT) if row.value == "nobody_here" else row
        for row in refusals.published_refusals()
    ]
    block.enter_context(patch.object(refusals, "published_refusals", lambda: tuple(rows)))
    block.enter_context(patch.object(payees, "FILE", payees_file(folder)))
    words, catalogue = english(), languages.catalogue
    payees.categories.cache_clear()

    def other_words(language: str) -> NullTranslations:
        is_english = language == languages.SOURCE_LANGUAGE
        return Renamed(catalogue(language), words if is_english else {}, is_english)

    block.enter_context(patch.object(languages, "catalogue", other_words))
    made = {name: changed(name, create) for name, create in sites.CREATE.items()}
    block.enter_context(patch.dict(sites.CREATE, made))
    return block
