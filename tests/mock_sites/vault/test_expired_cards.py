"""Cards that expire in the vault, and an expiry that is edited (C2.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mock_sites.shared.values.cards import Expiry
from mock_sites.shared.values.refusal import Refusal
from mock_sites.vault.domain.issuer import Issuer
from tests.support.vault_fixture import (
    BILLING,
    ERROR,
    MASTERCARD,
    MIR,
    VISA,
    VaultFixture,
    VaultVisitor,
    month_after,
    words,
)

NEWS = "has expired, so the shop cannot select it."


def until_now(fixture: VaultFixture) -> str:
    return month_after(fixture.clock.now())


def let_it_expire(fixture: VaultFixture) -> None:
    """Let the present month end, whatever day it is."""
    fixture.advance(days=31)


def edited(expiry: str, **changes: str) -> dict[str, str]:
    return {"card_holder": "Anna Petrova", "expiry": expiry, **BILLING, **changes}


@pytest.fixture
def over(fixture: VaultFixture, holder: VaultVisitor) -> str:
    """The main card, which has expired; its token."""
    holder.add_card(VISA, expiry=until_now(fixture))
    let_it_expire(fixture)
    return holder.tokens()[0]


def issuer_of(fixture: VaultFixture) -> Issuer:
    """The issuer behind the vault's pages."""
    issuer: Issuer = fixture.site.app.extensions["vault"].cards._issuer
    return issuer


def let_the_issuer_answer(fixture: VaultFixture, outcome: str) -> None:
    """From now on the issuer answers so, whatever the card."""
    cards = issuer_of(fixture)._cards
    cards.update({known: replace(card, outcome=outcome) for known, card in cards.items()})


def silence(fixture: VaultFixture) -> None:
    fault = {"place": "issuer", "kind": "silent", "phone": fixture.phone()}
    fixture.control("POST", "/faults", fault)


def test_it_is_shown_as_expired_with_advice(
    fixture: VaultFixture, over: str, holder: VaultVisitor
) -> None:
    assert "Expired" in holder.rows()[0]
    assert NEWS in words(holder.open("/cards").text)


def test_a_card_in_its_last_month_is_not(fixture: VaultFixture, holder: VaultVisitor) -> None:
    holder.add_card(VISA, expiry=until_now(fixture))

    assert "Expired" not in holder.rows()[0]
    assert NEWS not in words(holder.open("/cards").text)


def test_the_main_card_stays_it_when_it_expires(
    fixture: VaultFixture, over: str, holder: VaultVisitor
) -> None:
    holder.add_card(MASTERCARD)

    assert [card["main"] for card in fixture.cards()] == [False, True]
    holder.send(f"/cards/{over}/edit", **edited("12/40"))
    assert [card["main"] for card in fixture.cards()] == [False, True]


def test_an_expired_card_cannot_be_made_the_main_one(
    fixture: VaultFixture, holder: VaultVisitor
) -> None:
    holder.add_card(MASTERCARD)
    holder.add_card(VISA, expiry=until_now(fixture))
    let_it_expire(fixture)
    token = holder.tokens()[0]

    answer = holder.send(f"/cards/{token}/main", "/cards")

    assert "Set as main" not in words(answer.text)
    assert "This card has expired, so the shop cannot select it." in words(answer.text)
    assert [card["main"] for card in fixture.cards()] == [False, True]


def test_the_main_card_is_followed_by_one_that_can_pay(
    fixture: VaultFixture, holder: VaultVisitor
) -> None:
    for number, expiry in ((MIR, "12/40"), (MASTERCARD, "12/40"), (VISA, until_now(fixture))):
        holder.add_card(number, expiry=expiry)
    let_it_expire(fixture)
    mir = holder.tokens()[-1]

    holder.send("/cards/delete", "/cards", card=[mir])

    assert [card["main"] for card in fixture.cards()] == [False, True]


def test_an_edited_expiry_is_put_to_the_issuer_and_then_pays(
    fixture: VaultFixture, over: str, holder: VaultVisitor
) -> None:
    assert fixture.pay("p-1", paymentMethodId=over)["result"]["resultCode"] == "EXPIRED_CARD"

    answer = holder.send(f"/cards/{over}/edit", **edited("12/40"))

    assert "The card has been updated." in answer.text
    assert fixture.pay("p-2", paymentMethodId=over)["result"]["resultCode"] == "SUCCESS"
    assert len(fixture.holds()) == 1


@pytest.mark.parametrize("outcome", ["declined", "lost", "insufficient-funds", "wrong-code"])
def test_an_expiry_that_the_issuer_does_not_confirm_changes_nothing(
    fixture: VaultFixture, holder: VaultVisitor, outcome: str
) -> None:
    holder.add_card()
    token = holder.tokens()[0]
    let_the_issuer_answer(fixture, outcome)

    answer = holder.send(f"/cards/{token}/edit", **edited("11/39", card_holder="Olga"))

    [(place, said)] = ERROR.findall(answer.text)
    assert place == "expiry"
    assert "did not confirm this expiry. Nothing was changed." in words(said)
    assert 'value="11/39"' in answer.text
    assert "Anna Petrova 12/40" in holder.rows()[0]


def test_an_issuer_that_does_not_answer_leaves_the_card_as_it_was(
    fixture: VaultFixture, holder: VaultVisitor
) -> None:
    holder.add_card()
    token = holder.tokens()[0]
    silence(fixture)

    answer = holder.send(f"/cards/{token}/edit", **edited("11/39"))

    [(place, said)] = ERROR.findall(answer.text)
    assert place == "expiry"
    assert "is not responding, so this expiry cannot be checked." in words(said)
    assert "12/40" in holder.rows()[0]
    assert (
        "The card has been updated." in holder.send(f"/cards/{token}/edit", **edited("11/39")).text
    )


def test_the_issuer_is_not_asked_about_what_it_does_not_know(
    fixture: VaultFixture, holder: VaultVisitor
) -> None:
    holder.add_card()
    silence(fixture)

    answer = holder.send(f"/cards/{holder.tokens()[0]}/edit", **edited("12/40", card_holder="Olga"))

    assert "The card has been updated." in answer.text
    assert "Olga" in holder.rows()[0]


def test_a_past_expiry_is_refused_by_the_issuer_too(
    fixture: VaultFixture, holder: VaultVisitor
) -> None:
    holder.add_card()
    fingerprint = fixture.vault_itself.cards._fingerprints.of(VISA)

    with pytest.raises(Refusal) as refused:
        issuer_of(fixture).check_expiry(fixture.phone(), fingerprint, Expiry(2020, 1))

    assert (refused.value.code, refused.value.field) == ("expiry.not-confirmed", "expiry")


class TestRenewal:
    def test_the_same_card_with_a_new_expiry_takes_the_place_of_the_expired_one(
        self, over: str, holder: VaultVisitor
    ) -> None:
        holder.add_card(MIR)
        holder.add_card(VISA, expiry="12/40")
        assert over not in holder.tokens()
        assert len(holder.tokens()) == 2
        assert not any("Expired" in row for row in holder.rows())

    def test_the_renewed_main_card_stays_the_main_one(
        self, over: str, holder: VaultVisitor
    ) -> None:
        holder.add_card(MIR)
        holder.add_card(VISA, expiry="12/40")
        [main] = [row for row in holder.rows() if "Main card" in row]
        assert "1111" in main

    def test_a_renewed_card_that_its_issuer_refuses_leaves_the_expired_one(
        self, fixture: VaultFixture, over: str, holder: VaultVisitor
    ) -> None:
        silence(fixture)
        assert words(holder.add_card(VISA, expiry="12/40").text)
        assert holder.tokens() == [over]

    def test_a_valid_card_is_not_linked_again_with_another_expiry(
        self, holder: VaultVisitor
    ) -> None:
        holder.add_card(VISA)
        assert "already" in holder.add_card(VISA, expiry="11/40").text
        assert len(holder.tokens()) == 1
