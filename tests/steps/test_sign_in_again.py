"""Signing in again, on a site that asks for it and on one whose pages are open to visitors."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target
from steps.buyer import SIGNS_IN, _pages_of_open_site
from steps.pages.flows.sign_in import SignInFlows
from steps.pages.shop import Shop
from tests.support.opened_page import opened
from tests.support.recording_site import RecordingSite

BUYER = cast(Buyer, SimpleNamespace(phone="+79160000001", password="not a secret"))
CART = "http://shop.test/cart"


class Recorded(SignInFlows):
    """It notes what it was asked to do."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.page = cast(Any, SimpleNamespace(url=CART, goto=self.done.append))

    def sign_in(self, phone: str, password: str) -> None:
        """Fill in the open form."""
        self.done.append("form")

    def come_in(self, buyer: Buyer) -> None:
        """Go to the sign-in page."""
        self.done.append("come in")
        cast(Any, self.page).url = "http://shop.test/account"


class Open(Recorded):
    """Its cart is shown to visitors."""

    open_to_visitors = True


@pytest.mark.parametrize(("pages", "done"), [(Recorded, ["form"]), (Open, ["come in", CART])])
def test_the_buyer_comes_back_to_the_page(pages: type[Recorded], done: list[str]) -> None:
    site = pages()
    site.sign_in_again(BUYER)
    assert site.done == done


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://shop.test/cart", "shop"),
        ("http://shop.test:81/cart", "wallet"),
        ("http://phone.test/", None),
    ],
)
def test_the_page_object_is_that_of_the_open_site(
    monkeypatch: pytest.MonkeyPatch, url: str, name: str | None
) -> None:
    for one in SIGNS_IN:
        kind = SimpleNamespace(on=lambda _page, _target, one=one: one)
        monkeypatch.setitem(SIGNS_IN, one, cast(Any, kind))
    target = Target("x", "en", urls={"shop": "http://shop.test", "wallet": "http://shop.test:81"})
    site = cast(Any, SimpleNamespace(page=SimpleNamespace(url=url), target=target))
    assert cast(Any, _pages_of_open_site(site)) == name


FORM = (
    "<form action=/done><label>Phone number <input name=phone></label>"
    "<label>Password <input name=secret type=password></label><button>{0}</button></form>"
)


@pytest.mark.parametrize(
    "content",
    [
        FORM.format("Create an account") + "<p>Known here? <a href=/sign-in>Sign in</a></p>",
        FORM.format("Sign in") + "<p><a href=/elsewhere>Sign in with the bank</a></p>",
        "<ul><li><a href=/sign-in>Sign in</a><li><a href=/new>Register</a></ul>"
        + FORM.format("Sign in"),
    ],
)
def test_the_form_for_signing_in_is_sent(site: RecordingSite, content: str) -> None:
    site.serve("/sign-in", f"<main>{FORM.format('Sign in')}</main>")
    site.serve("/done", "<main><h1>Welcome</h1></main>")
    tab = opened(site, content)
    Shop(tab, Target("mock", "en")).sign_in("+79160000001", "not a secret")
    assert urlsplit(tab.url).path == "/done"
    assert "/elsewhere" not in [one.path for one in site.requests]


NUMBER_ALONE = "<form action=/password><label>Phone number <input name=phone></label>"
NUMBER_ALONE += "<button>Next</button></form>"
PASSWORD = "<form action=/done><label>Password <input name=secret type=password></label>"
PASSWORD += "<button>Sign in</button></form>"


def shop_with(site: RecordingSite, content: str) -> Shop:
    site.serve("/password", f"<main>{PASSWORD}</main>")
    site.serve("/done", "<main><h1>Welcome</h1></main>")
    return Shop(opened(site, content), Target("mock", "en"))


@pytest.mark.parametrize("content", [NUMBER_ALONE, PASSWORD, FORM.format("Sign in")])
def test_the_password_may_have_a_page_of_its_own(site: RecordingSite, content: str) -> None:
    shop = shop_with(site, content)
    shop.first_of_sign_in.wait_for()
    shop.sign_in("+79160000001", "not a secret")
    assert urlsplit(shop.page.url).path == "/done"
    assert "secret=not+a+secret" in site.last.query


@pytest.mark.parametrize("content", [NUMBER_ALONE, PASSWORD, FORM.format("Sign in")])
def test_the_buyer_comes_to_the_password(site: RecordingSite, content: str) -> None:
    shop = shop_with(site, content)
    assert shop.asks_to_sign_in()
    shop.come_to_password("+79160000001")
    assert shop.asks_for("Password")


@pytest.mark.parametrize(
    "content",
    ["<p>Welcome</p>", NUMBER_ALONE + "<form action=/out><button>Sign out</button></form>"],
)
def test_a_page_of_a_buyer_who_is_in_does_not_ask(site: RecordingSite, content: str) -> None:
    assert not shop_with(site, content).asks_to_sign_in()
