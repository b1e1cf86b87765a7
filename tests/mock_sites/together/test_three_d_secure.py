"""3-D Secure on all sites together: nothing happens before a challenge is passed, and then once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from mock_sites.acs.store import AuthenticationState
from mock_sites.vault.domain.access_control import AuthenticationStatus
from mock_sites.vault.domain.cent_requests import CentRequests
from tests.support.shop_fixture import ADDRESS, IPHONE
from tests.support.stack_fixture import StackFixture, stack_fixture
from tests.support.visitor import form_key

CHALLENGE, FRICTIONLESS = "4000000000003220", "4000000000003055"
DECLINED_LATER, UNAVAILABLE = "4000008400001629", "4000008400001280"
BILLING = {"country": "RU", "postal_code": "101000", "address": "Arbat 1, flat 2"}
CODE = re.compile(r"[0-9]{6}")
WRONG = "The card was not confirmed"


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[StackFixture]:
    with stack_fixture(tmp_path) as whole:
        yield whole


class Buyer:
    """The first demo person in one browser, signed in to the shop and the vault."""

    def __init__(self, whole: StackFixture, on_phone: bool = False) -> None:
        self.whole, self.on_phone, self.at = whole, on_phone, "shop"
        person = whole.stack.keys.people[0]
        self.phone = person.phone
        self.sites = {name: whole.visitor(name) for name in ("shop", "vault", "acs")}
        if on_phone:
            self.sites["shop"].client.environ_base["HTTP_USER_AGENT"] = IPHONE
        for name in ("shop", "vault"):
            self.sites[name].sign_in(person.phone, person.password)

    def go(self, answer: TestResponse) -> tuple[str, TestResponse]:
        """Follow redirects from site to site; return the site where they end, and its page."""
        while answer.status_code in (302, 303):
            address = urlsplit(answer.headers["Location"])
            name = (address.hostname or self.at).partition(".")[0]
            self.at = name
            path = address.path + (f"?{address.query}" if address.query else "")
            answer = self.sites[name].client.get(path)
        return self.at, answer

    def send(self, site: str, path: str, page: str = "", **form: str) -> TestResponse:
        """Send a form of a page and follow its redirects."""
        self.at, client = site, self.sites[site].client
        key = form_key(client.get(page or path).text, page or path)
        answer = client.post(path, data={"csrf_token": key, **form})
        self.at, answer = self.go(answer)
        self.path = answer.request.path
        return answer

    def save_in_vault(self, number: str = CHALLENGE) -> TestResponse:
        card = {"card_number": number, "card_holder": "Anna Petrova", "expiry": "12/40"}
        return self.send("vault", "/cards/new", security_code="432", **card, **BILLING)

    def checkout(self) -> str:
        """Begin a purchase; the checkout's uid."""
        shop = self.sites["shop"]
        shop.send("/products/slippers", quantity="1")
        return shop.send("/cart", ticked="slippers").request.path.split("/")[2]

    def code(self) -> str:
        """The code of the newest message."""
        messages = self.whole.control("phone", "GET", f"/messages?phone=%2B{self.phone[1:]}")
        found = CODE.search(messages[-1]["text"])
        assert found
        return found[0]

    def holds(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = self.whole.control(
            "vault", "GET", f"/holds?phone=%2B{self.phone[1:]}"
        )
        return found

    def books(self) -> list[str]:
        found: list[str] = self.whole.control("vault", "GET", "/books")["discrepancies"]
        return found


@pytest.fixture
def buyer(whole: StackFixture) -> Buyer:
    return Buyer(whole)


def test_a_challenge_holds_nothing_until_it_is_passed(buyer: Buyer) -> None:
    buyer.save_in_vault()
    assert (buyer.at, buyer.holds()) == ("acs", [])
    shown = buyer.send("acs", buyer.path, code=buyer.code())
    assert (buyer.at, buyer.path) == ("vault", "/cards")
    assert "3220" in shown.text
    assert [hold["times_held"] for hold in buyer.holds()] == [1]
    assert buyer.books() == []


def test_a_card_without_a_challenge_is_linked_at_once(buyer: Buyer) -> None:
    buyer.save_in_vault(FRICTIONLESS)
    assert (buyer.at, buyer.path, len(buyer.holds())) == ("vault", "/cards", 1)


def test_a_card_that_cannot_be_authenticated_is_not_linked(buyer: Buyer) -> None:
    shown = buyer.save_in_vault(UNAVAILABLE)
    assert "cannot confirm this card" in shown.text
    assert buyer.holds() == []


def test_a_card_declined_after_its_challenge_is_not_linked(buyer: Buyer) -> None:
    buyer.save_in_vault(DECLINED_LATER)
    shown = buyer.send("acs", buyer.path, code=buyer.code())
    assert "declined this card" in shown.text
    assert buyer.holds() == []


def test_three_wrong_codes_link_nothing(buyer: Buyer) -> None:
    buyer.save_in_vault()
    challenge, wrong = buyer.path, f"{(int(buyer.code()) + 1) % 1_000_000:06}"
    for left in (2, 1):
        assert f"Tries left: {left}" in buyer.send("acs", challenge, code=wrong).text
    assert WRONG in buyer.send("acs", challenge, code=wrong).text
    assert buyer.holds() == []
    # The right code comes too late.
    buyer.sites["acs"].client.get(challenge)
    assert buyer.holds() == []


def test_an_abandoned_challenge_links_nothing(buyer: Buyer) -> None:
    buyer.save_in_vault()
    shown = buyer.send("acs", f"{buyer.path}/abandon", page=buyer.path)
    assert "You did not confirm the card" in shown.text
    assert buyer.holds() == []


def test_an_expired_challenge_links_nothing(whole: StackFixture, buyer: Buyer) -> None:
    buyer.save_in_vault()
    challenge, code = buyer.path, buyer.code()
    client = buyer.sites["acs"].client
    key = form_key(client.get(challenge).text, challenge)
    whole.advance(600)
    answer = client.post(challenge, data={"csrf_token": key, "code": code})
    at, shown = buyer.go(answer)
    assert (at, buyer.holds()) == ("vault", [])
    assert "The time to confirm the card is over" in shown.text


def test_coming_back_without_an_answer_links_nothing(whole: StackFixture, buyer: Buyer) -> None:
    buyer.save_in_vault()
    [[uid]] = whole.ask("vault", "SELECT uid FROM authentications")
    back = buyer.sites["vault"].client.get(f"/authentications/{uid}")
    assert urlsplit(back.headers["Location"]).path == buyer.path
    assert buyer.holds() == []


def test_the_answer_in_a_second_tab_links_once(buyer: Buyer) -> None:
    buyer.save_in_vault()
    challenge, code = buyer.path, buyer.code()
    client = buyer.sites["acs"].client
    key = form_key(client.get(challenge).text, challenge)
    for _ in range(2):
        at, shown = buyer.go(client.post(challenge, data={"csrf_token": key, "code": code}))
        assert (at, shown.text.count("•••• 3220</")) != ("acs", 0)
    assert [hold["times_held"] for hold in buyer.holds()] == [1]
    assert buyer.books() == []


def test_a_passed_challenge_is_found_out_without_the_buyer(
    whole: StackFixture, buyer: Buyer
) -> None:
    buyer.save_in_vault()
    challenge = buyer.path
    client = buyer.sites["acs"].client
    key = form_key(client.get(challenge).text, challenge)
    client.post(challenge, data={"csrf_token": key, "code": buyer.code()})
    assert buyer.holds() == []
    whole.advance(600)
    assert len(buyer.holds()) == 1


@pytest.mark.parametrize("on_phone", [False, True])
@pytest.mark.parametrize("passes", [False, True])
def test_a_card_is_linked_on_the_way_through_a_purchase(
    whole: StackFixture, on_phone: bool, passes: bool
) -> None:
    buyer = Buyer(whole, on_phone)
    answer_card_form(buyer, saves=True)
    assert (buyer.at, buyer.holds()) == ("acs", [])
    if passes:
        shown = buyer.send("acs", buyer.path, code=buyer.code())
    else:
        shown = buyer.send("acs", f"{buyer.path}/abandon", page=buyer.path)
    assert buyer.at == "shop"
    assert len(buyer.holds()) == int(passes)
    assert ("The card is linked" in shown.text) is passes


@pytest.mark.parametrize("on_phone", [False, True])
@pytest.mark.parametrize("passes", [False, True])
def test_a_card_typed_for_one_payment_is_confirmed_first(
    whole: StackFixture, on_phone: bool, passes: bool
) -> None:
    buyer = Buyer(whole, on_phone)
    answer_card_form(buyer, saves=False)
    assert buyer.at == "acs"
    assert captured(whole) == []
    if passes:
        buyer.send("acs", buyer.path, code=buyer.code())
    else:
        buyer.send("acs", f"{buyer.path}/abandon", page=buyer.path)
    assert buyer.at == "shop"
    assert captured(whole) == ([1] if passes else [])
    assert buyer.path.startswith("/orders/") is passes
    assert (buyer.holds(), buyer.books()) == ([], [])


def test_the_states_of_both_sides_are_the_same() -> None:
    assert [*map(str, AuthenticationStatus)] == [*map(str, AuthenticationState)]


def answer_card_form(buyer: Buyer, saves: bool) -> None:
    uid = buyer.checkout()
    form = {
        "card_number": CHALLENGE,
        "card_holder": "Anna Petrova",
        "expiry": "12/40",
        "security_code": "432",
    }
    if saves:
        form["save_card"] = "y"
    if buyer.on_phone:
        buyer.send("shop", f"/mobile/{uid}", address="new", **ADDRESS)
        buyer.send("shop", f"/mobile/{uid}/card", **form)
    else:
        buyer.send("shop", f"/checkout/{uid}", press="confirm-card", **ADDRESS, **form)


def captured(whole: StackFixture) -> list[int]:
    """How often each payment was captured that was captured at all."""
    payments = whole.control("vault", "GET", "/payments")
    return [each["times_captured"] for each in payments if each["times_captured"]]


def test_a_cent_that_is_given_up_before_the_link_ends_the_wait(
    whole: StackFixture, buyer: Buyer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = CentRequests.hold

    def hold_for_too_long(*about: Any) -> str:
        token = hold(*about)
        whole.advance(120)
        return token

    buyer.save_in_vault()
    monkeypatch.setattr(CentRequests, "hold", hold_for_too_long)

    shown = buyer.send("acs", buyer.path, code=buyer.code())

    assert (buyer.at, shown.status_code) == ("vault", 200)
    assert "3220" not in buyer.sites["vault"].open("/cards").text
    assert buyer.holds() == []
    assert buyer.books() == []
    # What has ended is not begun again.
    monkeypatch.undo()
    whole.advance(1200)
    assert buyer.holds() == []
