"""Charged twice: cards for one order; a charge in another amount; a payment listed twice."""

from __future__ import annotations

from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.shared.values.cards import Card
from mock_sites.vault import vault_api
from mock_sites.vault.domain import ledger
from mock_sites.vault.domain.payments import Payments
from mock_sites.vault.store import PaymentRow
from mock_sites.wallet.domain.history import Entry, EntryKind, History


def _charge_again(site: Change, kind: type[str | Card]) -> None:
    """Capture each payment from such a source (a linked card's token, a typed card) twice."""

    def twice(conclude: Any) -> Any:
        def conclude_twice(self: Payments, wanted: Any, refused: Any) -> Any:
            payment = conclude(self, wanted, refused)
            if payment.refused is None and isinstance(wanted.source, kind):
                key, now = f"again:{wanted.request_id}", self.upkeep.now()
                with self.upkeep.transaction() as session:
                    ledger.move(session, key, OUTSIDE, self.merchant_account, wanted.money, now)
            return payment

        return conclude_twice

    site.wrap(Payments, "conclude", twice)


@deviant("C1.5", "vault", "A payment whose answer was lost pays for the order once")
def typed_card_is_charged_twice(site: Change) -> None:
    """A card that was typed for one order is charged twice."""
    _charge_again(site, Card)


@deviant("C1.5", "vault", "A double press pays once")
def linked_card_is_charged_twice(site: Change) -> None:
    """A linked card is charged twice for one order."""
    _charge_again(site, str)


@deviant("C3.6", "vault", "If the vault's answer is lost, the order is paid once")
def linked_card_is_charged_twice_on_the_phone(site: Change) -> None:
    """On the phone, too, a linked card is charged twice for one order."""
    _charge_again(site, str)


@deviant("C3.6", "vault", "Buying keeps the card linked")
def vault_confirms_another_amount(site: Change) -> None:
    """The vault answers that it took a hundred times the amount that it was asked for."""

    def hundredfold(facts: Any) -> Any:
        def told(payment: PaymentRow) -> Any:
            answer = facts(payment)
            answer["paymentAmount"]["value"] += "00"
            return answer

        return told

    site.wrap(vault_api, "payment_facts", hundredfold)


@deviant("W2.6", "wallet", "The payment appears once in the history, with its amount")
def history_lists_a_paid_invoice_twice(site: Change) -> None:
    """An invoice is paid once, and the history lists its payment twice."""

    def doubled(entries_of: Any) -> Any:
        def of(self: History, buyer: Any, limit: int | None = None) -> list[Entry]:
            found = entries_of(self, buyer, limit)
            return [each for one in found for each in [one] * (2 if _is_of_an_invoice(one) else 1)]

        return of

    site.wrap(History, "of", doubled)


def _is_of_an_invoice(entry: Entry) -> bool:
    paid = entry.kind == EntryKind.PAYMENT and entry.payment
    return bool(paid and paid.bill_uid)
