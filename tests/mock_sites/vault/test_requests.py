"""What a merchant asks of the vault's rules: a card to link, a payment to make, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from mock_sites.shared.controls.faults import Kind, NewFault, Place
from mock_sites.shared.values.cards import Expiry
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.vault.store import VaultingRow, VaultingStatus
from tests.support.bare_vault import BILLING, OTHER, PHONE, BareVault, card, payment, vaulting
from tests.support.vault_fixture import MASTERCARD, MIR, VISA, number_of


def facts(row: VaultingRow) -> dict[str, Any]:
    names = ("request_id", "phone", "masked_number", "notification_url", "redirect_url", "at")
    return {name: getattr(row, name) for name in names}


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def account(bare: BareVault) -> int:
    """What the merchant was paid, in minor units."""
    rows = "SELECT coalesce(sum(balance), 0) FROM accounts WHERE owner = 'merchant:SHOP_1'"
    with bare.database.engine.connect() as connection:
        return int(connection.exec_driver_sql(rows).scalar_one())


def fall_silent(bare: BareVault) -> None:
    """Have the issuer of the buyer's cards not answer, once."""
    bare.faults.set(NewFault(place=Place.ISSUER, kind=Kind.SILENT, phone=PHONE))


def test_a_request_to_link_is_kept_with_what_was_asked(bare: BareVault) -> None:
    asked_at = bare.clock.now()
    made = bare.vault.vaultings.vault(vaulting())
    bare.advance(hours=1)
    read = bare.vault.vaultings.read("v-1")
    assert facts(read) == facts(made)
    assert facts(read) == {
        "request_id": "v-1",
        "phone": PHONE,
        "masked_number": "411111******1111",
        "notification_url": "http://127.0.0.1:2/told",
        "redirect_url": "http://shop.localhost:2/checkout/7",
        "at": asked_at,
    }
    assert (read.status, read.refused) == (VaultingStatus.PENDING, None)
    assert read.card is not None
    assert read.card.masked_number == "•••• 1111"


def test_the_same_request_to_link_is_answered_as_before(bare: BareVault) -> None:
    first = bare.vault.vaultings.vault(vaulting())
    bare.advance(minutes=1)
    again = bare.vault.vaultings.vault(vaulting())
    assert facts(again) == facts(first)
    assert len(bare.vault.cards.of(PHONE)) == len(bare.told()) == 1


@pytest.mark.parametrize("change", [{"phone": OTHER}, {"card": card(MIR)}])
def test_a_used_id_with_another_card_or_buyer_is_a_conflict(
    bare: BareVault, change: dict[str, Any]
) -> None:
    bare.vault.vaultings.vault(vaulting())
    wanted = vaulting(**change)
    assert code_of(lambda: bare.vault.vaultings.vault(wanted)) == "request.conflict"
    assert len(bare.vault.cards.of(PHONE)) == 1
    assert bare.vault.cards.of(OTHER) == []


def test_a_refused_request_to_link_is_kept_and_refused_again(bare: BareVault) -> None:
    wanted = vaulting(number_of("lost"))
    for _ in range(2):
        assert code_of(lambda: bare.vault.vaultings.vault(wanted)) == "card.lost"
    read = bare.vault.vaultings.read("v-1")
    assert (read.status, read.refused, read.card) == (VaultingStatus.FAIL, "card.lost", None)
    assert (read.phone, read.masked_number) == (PHONE, wanted.masked_number)
    assert (read.redirect_url, read.at) == (wanted.redirect_url, bare.clock.now())
    assert bare.told() == []


def test_what_a_silent_issuer_did_not_answer_may_be_asked_again(bare: BareVault) -> None:
    fall_silent(bare)
    assert code_of(lambda: bare.vault.vaultings.vault(vaulting())) == "card.issuer-down"
    with pytest.raises(NotFound):
        bare.vault.vaultings.read("v-1")
    assert bare.vault.vaultings.vault(vaulting()).status == VaultingStatus.PENDING

    fall_silent(bare)
    assert code_of(lambda: bare.vault.payments.pay(payment())) == "card.issuer-down"
    with pytest.raises(NotFound):
        bare.vault.payments.read("p-1")
    assert bare.vault.payments.pay(payment()).refused is None


def test_the_billing_address_of_a_request_is_the_cards(bare: BareVault) -> None:
    row = bare.vault.vaultings.vault(vaulting(billing=BILLING))
    assert row.card is not None
    assert (row.card.country, row.card.postal_code, row.card.address) == (
        BILLING.country,
        BILLING.postal_code,
        BILLING.address,
    )


def test_a_payment_is_kept_with_what_was_asked(bare: BareVault) -> None:
    made = bare.vault.payments.pay(payment())
    read = bare.vault.payments.read("p-1")
    assert UUID(read.uid) == UUID(made.uid)
    assert (read.request_id, read.phone, read.at) == ("p-1", PHONE, bare.clock.now())
    assert (read.source, read.money) == ("555555******4444", Money(15_000, "RUB"))
    assert (read.description, read.refused) == ("Order 1", None)
    assert account(bare) == 15_000
    assert bare.vault.discrepancies() == []


@pytest.mark.parametrize("linked", [True, False])
def test_the_same_payment_moves_money_once(bare: BareVault, linked: bool) -> None:
    wanted = payment(bare.link().token if linked else None)
    uids = {bare.vault.payments.pay(wanted).uid for _ in range(2)}
    assert len(uids) == 1
    assert bare.vault.payments.read("p-1").source == wanted.source_kept
    assert account(bare) == 15_000


@pytest.mark.parametrize(
    "change", [{"phone": OTHER}, {"money": Money(15_001, "RUB")}, {"source": card(VISA)}]
)
def test_a_used_id_with_another_payment_is_a_conflict(
    bare: BareVault, change: dict[str, Any]
) -> None:
    bare.vault.payments.pay(payment())
    wanted = replace(payment(), **change)
    assert code_of(lambda: bare.vault.payments.pay(wanted)) == "request.conflict"
    assert account(bare) == 15_000


@pytest.mark.parametrize("phone", [None, PHONE])
def test_a_repeated_payment_is_answered_as_before_though_its_card_was_deleted(
    bare: BareVault, phone: str | None
) -> None:
    token = bare.link().token
    first = bare.vault.payments.pay(payment(token, phone=phone))
    bare.vault.cards.delete(PHONE, [token])

    again = bare.vault.payments.pay(payment(token, phone=phone))

    assert again.uid == first.uid
    assert account(bare) == 15_000


def test_a_refused_payment_is_kept_and_refused_again(bare: BareVault) -> None:
    wanted = payment(card(number_of("insufficient-funds")))
    for _ in range(2):
        assert code_of(lambda: bare.vault.payments.pay(wanted)) == "card.insufficient-funds"
    read = bare.vault.payments.read("p-1")
    assert (read.refused, read.movement_id) == ("card.insufficient-funds", None)
    assert account(bare) == 0


def test_only_a_card_that_the_buyer_has_pays(bare: BareVault) -> None:
    anothers, failed = bare.link(MASTERCARD, OTHER).token, bare.link(MIR).token
    bare.vault.cards.withdraw(failed)
    for number, token in enumerate((anothers, failed, "no such token")):
        wanted = payment(token, request_id=f"p-{number}")
        assert code_of(partial(bare.vault.payments.pay, wanted)) == "card.unknown"
    assert account(bare) == 0


def test_a_kept_card_pays_until_its_month_ends(bare: BareVault) -> None:
    today = bare.clock.now()
    typed = replace(card(), expiry=Expiry(today.year, today.month))
    token = bare.vault.cards.link(PHONE, typed).token
    bare.vault.payments.pay(payment(token))
    bare.advance(days=32)
    wanted = payment(token, request_id="p-2")
    assert code_of(lambda: bare.vault.payments.pay(wanted)) == "card.expired"
