"""The return of the cent: asked for until the issuer has given it back, and made once (C2.5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mock_sites.shared.controls.faults import Kind, NewFault, Place
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.vault.domain.cent_requests import PATIENCE, CentRequests
from mock_sites.vault.domain.issuer import Issuer
from mock_sites.vault.domain.returns import ASK_AGAIN_AFTER
from mock_sites.vault.issuer_store import AuthorisationState
from mock_sites.vault.store import CardRow
from tests.support.bare_vault import PHONE, BareVault, card
from tests.support.vault_fixture import VISA, VaultFixture

MINUTES = ASK_AGAIN_AFTER.total_seconds() / 60
KINDS = [Kind.REFUSED, Kind.SILENT, Kind.CUT_OFF]


def fail(bare: BareVault, kind: Kind, times: int = 1) -> None:
    bare.faults.set(NewFault(place=Place.RETURN, kind=kind, phone=PHONE, times=times))


def trail(bare: BareVault) -> list[str]:
    [hold] = bare.vault.cards.trail(PHONE)
    return [str(event.state) for event in hold.events]


def at_issuer(bare: BareVault) -> list[str]:
    return [str(row.state) for row in bare.vault.authorisations.of_person(PHONE)]


def state_of_card(bare: BareVault) -> str:
    [shown] = bare.vault.cards.shown_to(PHONE)
    return str(shown.state)


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_is_not_final_before_the_issuer_has_answered(bare: BareVault, kind: Kind) -> None:
    bare.link()
    fail(bare, kind)
    bare.advance(hours=24)

    assert state_of_card(bare) == "CHECKING"
    assert trail(bare) == ["HELD"]
    assert bare.vault.discrepancies() == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_issuer_is_asked_again_after_a_while(bare: BareVault, kind: Kind) -> None:
    bare.link()
    fail(bare, kind, times=2)
    bare.advance(hours=24)
    assert bare.vault.upkeep.settle_due() == ASK_AGAIN_AFTER
    bare.advance(minutes=MINUTES)
    assert state_of_card(bare) == "CHECKING"
    bare.advance(minutes=MINUTES)

    assert state_of_card(bare) == "LINKED"
    assert trail(bare) == ["HELD", "RETURNED"]
    assert at_issuer(bare) == ["VOIDED"]
    assert bare.vault.discrepancies() == []


def test_a_cent_that_was_taken_is_refunded(bare: BareVault) -> None:
    token = bare.link().token
    assert bare.vault.cards.settle(token) is AuthorisationState.SETTLED
    bare.advance(hours=24)

    assert state_of_card(bare) == "LINKED"
    assert trail(bare) == ["HELD", "CAPTURED", "REFUNDED"]
    assert at_issuer(bare) == ["REFUNDED"]
    assert bare.vault.discrepancies() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_refund_whose_answer_is_missing_is_made_once(
    bare: BareVault, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = bare.link().token
    bare.vault.cards.settle(token)
    void = bare.vault.authorisations.void

    def then_fail(*about: object) -> AuthorisationState:
        # The void is answered; the refund that follows it is not.
        fail(bare, kind)
        monkeypatch.undo()
        return void(*about)  # type: ignore[arg-type]

    monkeypatch.setattr(bare.vault.authorisations, "void", then_fail)
    bare.advance(hours=24)
    assert state_of_card(bare) == "CHECKING"
    assert trail(bare) == ["HELD", "CAPTURED"]
    assert bare.vault.discrepancies() == []
    bare.advance(minutes=MINUTES)

    assert state_of_card(bare) == "LINKED"
    assert trail(bare) == ["HELD", "CAPTURED", "REFUNDED"]
    assert bare.vault.discrepancies() == []


def test_a_cent_is_not_taken_after_it_came_back(bare: BareVault) -> None:
    token = bare.link().token
    bare.advance(hours=24)
    bare.vault.upkeep.settle_due()
    assert bare.vault.cards.settle(token) is AuthorisationState.VOIDED
    with pytest.raises(NotFound):
        bare.vault.cards.settle("no card")


@pytest.mark.parametrize("kind", KINDS)
def test_the_cent_of_a_deleted_card_is_asked_for_again(bare: BareVault, kind: Kind) -> None:
    token = bare.link().token
    fail(bare, kind)
    bare.vault.cards.delete(PHONE, [token])
    assert trail(bare) == ["HELD"]
    bare.advance(minutes=MINUTES)

    assert trail(bare) == ["HELD", "RETURNED"]
    assert bare.vault.cards.shown_to(PHONE) == []


def test_a_withdrawal_that_the_vault_missed_is_told_when_it_asks(bare: BareVault) -> None:
    token = bare.link().token
    bare.vault.authorisations.withdraw(token)
    bare.advance(hours=24)

    assert state_of_card(bare) == "FAILED"
    assert trail(bare) == ["HELD", "FAILED"]
    assert bare.vault.discrepancies() == []


def test_a_link_that_breaks_off_leaves_no_cent_at_the_issuer(bare: BareVault) -> None:
    def break_off(_session: Session, _row: CardRow) -> None:
        raise Refusal("card.already-linked")

    with pytest.raises(Refusal):
        bare.vault.cards.link(PHONE, card(VISA), also=break_off)
    assert at_issuer(bare) == ["HELD"]
    assert bare.vault.discrepancies() == []
    bare.advance(minutes=PATIENCE.total_seconds() / 60)
    bare.vault.upkeep.settle_due()

    assert at_issuer(bare) == ["VOIDED"]
    with bare.vault.records() as records:
        assert records.pending() == []


@pytest.mark.parametrize("kind", [None, *KINDS])
def test_a_cent_without_a_link_that_was_taken_is_refunded(
    bare: BareVault, kind: Kind | None
) -> None:
    def break_off(_session: Session, _row: CardRow) -> None:
        raise Refusal("card.already-linked")

    with pytest.raises(Refusal):
        bare.vault.cards.link(PHONE, card(VISA), also=break_off)
    [row] = bare.vault.authorisations.of_person(PHONE)
    bare.vault.cards.settle(row.key)
    if kind is not None:
        fail(bare, kind)
    bare.advance(minutes=PATIENCE.total_seconds() / 60)
    bare.vault.upkeep.settle_due()
    bare.advance(minutes=MINUTES)
    bare.vault.upkeep.settle_due()

    assert at_issuer(bare) == ["REFUNDED"]
    assert bare.vault.discrepancies() == []


def test_a_cent_that_is_given_up_before_its_request_arrives_is_not_held(
    bare: BareVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    authorise = Issuer.authorise

    def authorise_slowly(self: Issuer, *about: object) -> None:
        authorise(self, *about)  # type: ignore[arg-type]
        bare.advance(minutes=PATIENCE.total_seconds() / 60)
        bare.vault.upkeep.settle_due()

    monkeypatch.setattr(Issuer, "authorise", authorise_slowly)
    with pytest.raises(Refusal, match="issuer-down"):
        bare.link()
    assert at_issuer(bare) == ["VOIDED"]
    assert bare.vault.cards.shown_to(PHONE) == []


def test_no_link_is_built_on_a_cent_that_was_given_up(
    bare: BareVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = CentRequests.hold

    def hold_slowly(self: CentRequests, *about: object) -> str:
        token = hold(self, *about)  # type: ignore[arg-type]
        bare.clock.advance(PATIENCE + timedelta(seconds=1))
        return token

    monkeypatch.setattr(CentRequests, "hold", hold_slowly)
    with pytest.raises(Refusal, match="issuer-down"):
        bare.link()
    assert at_issuer(bare) == ["VOIDED"]
    assert bare.vault.cards.shown_to(PHONE) == []


def test_a_refused_card_leaves_nothing_to_ask_for(bare: BareVault) -> None:
    fault = NewFault(place=Place.ISSUER, kind=Kind.SILENT, phone=PHONE)
    bare.faults.set(fault)
    with pytest.raises(Refusal):
        bare.link()
    with bare.vault.records() as records:
        assert records.pending() == ["1 cents were asked for, and no card is linked"]
    bare.advance(minutes=2)
    # Its request never came, so the issuer is told that none of that key is to be held.
    bare.vault.upkeep.settle_due()
    assert at_issuer(bare) == ["VOIDED"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE issuer_authorisations SET amount = 2", "the issuer has 0.02 RUB, HELD"),
        ("UPDATE issuer_authorisations SET state = 'VOIDED'", "the issuer has 0.01 RUB, VOIDED"),
        ("DELETE FROM issuer_authorisations", "the issuer knows nothing of it"),
        ("UPDATE issuer_authorisations SET key = 'other'", "for other, which is no card"),
    ],
)
def test_the_books_are_held_to_the_issuers_list(bare: BareVault, change: str, told: str) -> None:
    bare.link()
    with bare.database.transaction() as session:
        session.execute(text(change))
    assert any(told in line for line in bare.vault.discrepancies())


def test_a_key_with_other_facts_is_a_conflict(bare: BareVault) -> None:
    token = bare.link().token
    [row] = bare.vault.authorisations.of_person(PHONE)
    bare.vault.authorisations.open(token, PHONE, row.money)
    with pytest.raises(Refusal, match="conflict"):
        bare.vault.authorisations.open(token, "+79160000009", row.money)


def test_the_owner_reads_what_became_of_the_cent(fixture: VaultFixture) -> None:
    holder = fixture.holder()
    holder.add_card()
    [token] = holder.tokens()
    fixture.control("POST", f"/cards/{token}/settle")
    fault = {"place": "return", "kind": "refused", "phone": fixture.phone()}
    fixture.control("POST", "/faults", fault)
    fixture.advance(hours=24)
    assert "has not confirmed that the kopek" in holder.open("/cards").text
    fixture.advance(minutes=MINUTES)

    page = holder.open(f"/cards/{token}/edit").text
    places = [
        page.index(words)
        for words in ("Held on the card", "Taken by the bank", "Refunded by the bank")
    ]
    assert places == sorted(places)
    [listed] = fixture.control("GET", f"/authorisations?phone=%2B{fixture.phone()[1:]}")
    assert (listed["key"], listed["state"]) == (token, "REFUNDED")
