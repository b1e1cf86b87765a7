"""Faults that a site has no answer to: what it should have survived does harm."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import has_request_context
from sqlalchemy import delete

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.clients.vault import VaultClient
from mock_sites.shop.domain import invoices
from mock_sites.shop.domain.bills import BillNotification
from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.shop.domain.cards import Cards as ShopCards
from mock_sites.shop.domain.vault import VaultError, VaultUnreachable
from mock_sites.shop.domain.vault_messages import PaymentAnswer
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.domain.fingerprints import Fingerprints
from mock_sites.vault.domain.links import Links
from mock_sites.vault.domain.payments import Payments as VaultPayments
from mock_sites.vault.request_store import CancellationRow
from mock_sites.vault.store import CardState, VaultingStatus
from mock_sites.wallet.domain import codes, ledger, payments
from mock_sites.wallet.domain.buyers import owner_of
from mock_sites.wallet.domain.codes import Codes, NewCode, newest_code
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.store import PaymentRow, PaymentStatus, SentCodeRow


@deviant("W1.5", "wallet", "A double press sends one message")
def each_press_sends_a_message(site: Change) -> None:
    """Each press of Confirm on the check page sends another message."""

    def from_the_beginning(begin: Any) -> Any:
        def begin_again(self: Payments, buyer: Any, uid: str) -> PaymentRow:
            with self.database.transaction() as session:
                session.get_one(PaymentRow, uid).status = PaymentStatus.ENTERED
            return begin(self, buyer, uid)  # type: ignore[no-any-return]

        return begin_again

    site.rule(codes, "NEW_ONE_AFTER", timedelta())
    site.wrap(Payments, "begin_confirming", from_the_beginning)


@deviant("W2.6", "wallet", "A double press on Pay sends one message")
def each_press_of_pay_begins_a_payment(site: Change) -> None:
    """Each press of Pay on an invoice begins another payment, and sends another message."""
    site.rule(payments, "open_payment_for", lambda session, buyer, bill: None)


@deviant("W1.6", "wallet", "A message that arrives twice pays once")
def code_pays_each_time(site: Change) -> None:
    """A code pays each time that it is entered."""

    def once_more(confirm: Any) -> Any:
        def confirm_once_more(self: Payments, buyer: Any, uid: str, typed: str) -> PaymentRow:
            before = self.get(buyer, uid).status
            payment: PaymentRow = confirm(self, buyer, uid, typed)
            if before == PaymentStatus.PAID:
                payer, now = owner_of(buyer.id), self.clock.now()
                with self.database.transaction() as session:
                    key = f"again:{uid}:{now.isoformat()}"
                    ledger.move(session, key, payer, payment.payee, payment.money, now)
            return payment

        return confirm_once_more

    site.wrap(Payments, "confirm", once_more)


@deviant("W1.6", "wallet", "If messages arrive in the wrong order, the newer code pays")
def first_code_goes_on_counting(site: Change) -> None:
    """A new code is sent, but only the first one is ever accepted."""

    def in_vain(issue: Any) -> Any:
        def issue_in_vain(self: Codes, session: Any, payment: PaymentRow, now: Any) -> NewCode:
            earlier = newest_code(session, payment)
            code: NewCode = issue(self, session, payment, now)
            if earlier is not None:
                session.get_one(SentCodeRow, (payment.uid, code.number)).digest = earlier.digest
            return code

        return issue_in_vain

    site.wrap(Codes, "issue", in_vain)


@deviant("W1.6", "wallet", "If messages arrive in the wrong order, the older code pays nothing")
def code_before_the_newest_counts(site: Change) -> None:
    """Of two codes that were sent the older one is accepted too."""
    older: dict[str, str] = {}

    def remember(issue: Any) -> Any:
        def issue_and_remember(self: Codes, session: Any, payment: PaymentRow, now: Any) -> NewCode:
            code = newest_code(session, payment)
            if code is not None:
                older[payment.uid] = code.digest
            return issue(self, session, payment, now)  # type: ignore[no-any-return]

        return issue_and_remember

    def accept(check: Any) -> Any:
        def check_older_too(self: Codes, session: Any, payment: PaymentRow, *typed: Any) -> Any:
            if older.get(payment.uid) == self.digest(payment, typed[0].strip()):
                return None
            return check(self, session, payment, *typed)

        return check_older_too

    site.wrap(Codes, "issue", remember)
    site.wrap(Codes, "check", accept)


@deviant("W2.6", "shop", "A forged notification pays no order")
def shop_checks_no_signature(site: Change) -> None:
    """The shop believes any notice of the wallet, whoever has signed it."""
    site.rule(
        invoices,
        "notified_bill",
        lambda body, _signature, _key: BillNotification.model_validate_json(body).bill,
    )


@deviant("C2.4", "vault", "A double press links the card once")
def each_press_links_a_card(site: Change) -> None:
    """The vault does not know a card again: it links it as often as it is sent."""
    site.rule(Fingerprints, "of", lambda self, number: secrets.token_hex(32))


@deviant(
    "C2.6", "shop", "A new card appears in the shop despite a faulty notification [is lost every"
)
def shop_relies_on_notices(site: Change) -> None:
    """The shop asks for the cards when it is told to, and never by itself."""

    def when_told(refresh: Any) -> Any:
        return lambda self, *asked: has_request_context() or refresh(self, *asked)

    site.wrap(ShopCards, "refresh", when_told)


@deviant("C1.5", "shop", "A payment whose answer was lost pays for the order once")
def lost_answer_is_not_looked_into(site: Change) -> None:
    """A payment whose answer was lost stays unknown for ever."""
    site.rule(CardPayments, "look_again", lambda self, order: self.postpone(order.uid))


@deviant("C1.5", "shop", "With a slow issuer every payment taken has its order")
def clock_alone_gives_a_payment_up(site: Change) -> None:
    """A payment that the vault does not know yet is given up, and the vault may still make it."""
    done = {"resultCode": "SUCCESS", "resultStatus": "S"}
    gone = PaymentAnswer.model_validate({"result": done, "paymentStatus": "CANCELLED"})
    site.rule(VaultClient, "cancel", lambda self, order_uid: gone)


@deviant("C1.5", "vault", "With a slow issuer every payment taken has its order")
def cancelled_payment_is_captured(site: Change) -> None:
    """The vault confirms that a payment is cancelled, and captures it when its issuer agrees."""

    def forget(conclude: Any) -> Any:
        def forget_and_conclude(self: VaultPayments, wanted: Any, refused: Any) -> Any:
            with self.upkeep.transaction() as session:
                session.execute(delete(CancellationRow))
            return conclude(self, wanted, refused)

        return forget_and_conclude

    site.wrap(VaultPayments, "conclude", forget)


def _take_silence_for_no(site: Change) -> None:
    def or_unreachable(pay: Any) -> Any:
        def pay_or_be_unreachable(self: VaultClient, *of_order: Any) -> None:
            try:
                pay(self, *of_order)
            except VaultError as error:
                raise VaultUnreachable from error

        return pay_or_be_unreachable

    site.wrap(VaultClient, "pay", or_unreachable)


@deviant("C1.5", "shop", "A payment whose answer was lost pays for the order once")
def lost_answer_counts_as_no(site: Change) -> None:
    """A payment whose answer was lost counts as refused: the money is gone, and no order made."""
    _take_silence_for_no(site)


@deviant("C3.6", "shop", "If the vault's answer is lost, the order is paid once")
def lost_answer_counts_as_no_on_the_phone(site: Change) -> None:
    """On the phone, too, a payment whose answer was lost counts as refused."""
    _take_silence_for_no(site)


@deviant("C2.5", "vault", "If the issuer withdraws its approval, the link fails")
def issuer_cannot_take_it_back(site: Change) -> None:
    """A card whose issuer has taken its agreement back goes on being linked."""
    site.rule(Links, "withdraw", lambda self, session, card, now: None)


@deviant("C2.5", "vault", "If the issuer withdraws its approval, the link fails")
def cent_stays_held_where_the_check_fails(site: Change) -> None:
    """If the issuer withdraws its approval, the link fails and the cent stays held."""

    def without_the_cent(self: Links, session: Any, card: Any, now: Any) -> None:
        self.conclude(session, card, VaultingStatus.FAIL, now)
        self.take_away(session, card, CardState.FAILED, now)

    site.rule(Links, "withdraw", without_the_cent)


@deviant("C2.6", "vault", "A card disappears from the shop if its issuer withdraws approval")
def failed_card_is_still_listed(site: Change) -> None:
    """The shop is told of cards, as linked, whose check has failed."""

    def as_linked(self: Cards, phone: str) -> Any:
        cards = self.shown_to(phone)
        for card in cards:
            card.state = CardState.LINKED
        return cards

    site.rule(Cards, "of", as_linked)
