"""Cards that expire in the vault, and an expiry that is edited (C2.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mock_sites.shared.values.cards import Expiry
from mock_sites.shared.values.refusal import Refusal
from mock_sites.vault.domain.issuer import Issuer
from tests.support.vault_bench import (
    BILLING,
    ERROR,
    MASTERCARD,
    MIR,
    VISA,
    Bench,
    VaultVisitor,
    month_after,
    words,
)

NEWS = "has expired, so the shop cannot select it."


def until_now(bench: Bench) -> str:
    return month_after(bench.clock.now())


def let_it_expire(bench: Bench) -> None:
    """Let the present month end, whatever day it is."""
    bench.advance(days=31)


def edited(expiry: str, **changes: str) -> dict[str, str]:
    return {"card_holder": "Anna Petrova", "expiry": expiry, **BILLING, **changes}


@pytest.fixture
def over(bench: Bench, holder: VaultVisitor) -> str:
    """The main card, which has expired; its token."""
    holder.add_card(VISA, expiry=until_now(bench))
    let_it_expire(bench)
    return holder.tokens()[0]


def issuer_of(bench: Bench) -> Issuer:
    """The issuer behind the vault's pages."""
    issuer: Issuer = bench.site.app.extensions["vault"].cards._issuer
    return issuer


def let_the_issuer_answer(bench: Bench, outcome: str) -> None:
    """From now on the issuer answers so, whatever the card."""
    cards = issuer_of(bench)._cards
    cards.update({known: replace(card, outcome=outcome) for known, card in cards.items()})


def silence(bench: Bench) -> None:
    fault = {"place": "issuer", "kind": "silent", "phone": bench.phone()}
    bench.control("POST", "/faults", fault)


def test_it_is_shown_as_expired_with_advice(bench: Bench, over: str, holder: VaultVisitor) -> None:
    assert "Expired" in holder.rows()[0]
    assert NEWS in words(holder.open("/cards").text)


def test_a_card_in_its_last_month_is_not(bench: Bench, holder: VaultVisitor) -> None:
    holder.add_card(VISA, expiry=until_now(bench))

    assert "Expired" not in holder.rows()[0]
    assert NEWS not in words(holder.open("/cards").text)


def test_the_main_card_stays_it_when_it_expires(
    bench: Bench, over: str, holder: VaultVisitor
) -> None:
    holder.add_card(MASTERCARD)

    assert [card["main"] for card in bench.cards()] == [False, True]
    holder.send(f"/cards/{over}/edit", **edited("12/40"))
    assert [card["main"] for card in bench.cards()] == [False, True]


def test_an_expired_card_cannot_be_made_the_main_one(bench: Bench, holder: VaultVisitor) -> None:
    holder.add_card(MASTERCARD)
    holder.add_card(VISA, expiry=until_now(bench))
    let_it_expire(bench)
    token = holder.tokens()[0]

    answer = holder.send(f"/cards/{token}/main", "/cards")

    assert "Set as main" not in words(answer.text)
    assert "This card has expired, so the shop cannot select it." in words(answer.text)
    assert [card["main"] for card in bench.cards()] == [False, True]


def test_the_main_card_is_followed_by_one_that_can_pay(bench: Bench, holder: VaultVisitor) -> None:
    for number, expiry in ((MIR, "12/40"), (MASTERCARD, "12/40"), (VISA, until_now(bench))):
        holder.add_card(number, expiry=expiry)
    let_it_expire(bench)
    mir = holder.tokens()[-1]

    holder.send("/cards/delete", "/cards", card=[mir])

    assert [card["main"] for card in bench.cards()] == [False, True]


def test_an_edited_expiry_is_put_to_the_issuer_and_then_pays(
    bench: Bench, over: str, holder: VaultVisitor
) -> None:
    assert bench.pay("p-1", paymentMethodId=over)["result"]["resultCode"] == "EXPIRED_CARD"

    answer = holder.send(f"/cards/{over}/edit", **edited("12/40"))

    assert "The card has been updated." in answer.text
    assert bench.pay("p-2", paymentMethodId=over)["result"]["resultCode"] == "SUCCESS"
    assert len(bench.holds()) == 1


@pytest.mark.parametrize("outcome", ["declined", "lost", "insufficient-funds", "wrong-code"])
def test_an_expiry_that_the_issuer_does_not_confirm_changes_nothing(
    bench: Bench, holder: VaultVisitor, outcome: str
) -> None:
    holder.add_card()
    token = holder.tokens()[0]
    let_the_issuer_answer(bench, outcome)

    answer = holder.send(f"/cards/{token}/edit", **edited("11/39", card_holder="Olga"))

    [(place, said)] = ERROR.findall(answer.text)
    assert place == "expiry"
    assert "did not confirm this expiry. Nothing was changed." in words(said)
    assert 'value="11/39"' in answer.text
    assert "Anna Petrova 12/40" in holder.rows()[0]


def test_an_issuer_that_does_not_answer_leaves_the_card_as_it_was(
    bench: Bench, holder: VaultVisitor
) -> None:
    holder.add_card()
    token = holder.tokens()[0]
    silence(bench)

    answer = holder.send(f"/cards/{token}/edit", **edited("11/39"))

    [(place, said)] = ERROR.findall(answer.text)
    assert place == "expiry"
    assert "is not responding, so this expiry cannot be checked." in words(said)
    assert "12/40" in holder.rows()[0]
    assert (
        "The card has been updated." in holder.send(f"/cards/{token}/edit", **edited("11/39")).text
    )


def test_the_issuer_is_not_asked_about_what_it_does_not_know(
    bench: Bench, holder: VaultVisitor
) -> None:
    holder.add_card()
    silence(bench)

    answer = holder.send(f"/cards/{holder.tokens()[0]}/edit", **edited("12/40", card_holder="Olga"))

    assert "The card has been updated." in answer.text
    assert "Olga" in holder.rows()[0]


def test_a_past_expiry_is_refused_by_the_issuer_too(bench: Bench, holder: VaultVisitor) -> None:
    holder.add_card()
    fingerprint = bench.vault_itself.cards._fingerprints.of(VISA)

    with pytest.raises(Refusal) as refused:
        issuer_of(bench).check_expiry(bench.phone(), fingerprint, Expiry(2020, 1))

    assert (refused.value.code, refused.value.field) == ("expiry.not-confirmed", "expiry")
