"""W1: paying on the wallet provider's own site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import redirect, request, session, url_for
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.messaging.messages import MessageLine
from mock_sites.shared.values.one_time_codes import parse_code
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.wallet.domain import catalogue
from mock_sites.wallet.domain.catalogue import Payee
from mock_sites.wallet.domain.codes import Codes
from mock_sites.wallet.domain.payments import OPEN, Payments
from mock_sites.wallet.routes import current_wallet
from mock_sites.wallet.routes.payments import page_of_payment
from mock_sites.wallet.store import PaymentRow, PaymentStatus, SentCodeRow

SOCIAL = "Social networks"
ONE_MESSAGE_IN = timedelta(seconds=30)


def payments(*conditions: Any) -> list[PaymentRow]:
    """The signed-in buyer's own payments that meet the conditions, the newest first."""
    own = select(PaymentRow).where(PaymentRow.buyer_id == signed_in_person().id, *conditions)
    with current_wallet.database.reading() as rows:
        return list(rows.scalars(own.order_by(PaymentRow.created_at.desc())))


def without_social_networks(found: catalogue.Category, slugs: set[str]) -> catalogue.Category:
    """The category without these of its social networks."""
    groups = {
        name: [one for one in payees if name != SOCIAL or one.slug not in slugs]
        for name, payees in found.groups.items()
    }
    return replace(found, groups={name: payees for name, payees in groups.items() if payees})


@deviant("W1.1", "wallet")
def pay_opens_the_payment_left_unfinished(site: Change) -> None:
    """Pay in the menu opens the payment that was begun and left, in place of the categories."""

    def resuming(old: Any) -> Any:
        def index() -> Any:
            begun = payments(PaymentRow.status.in_(OPEN), PaymentRow.bill_uid.is_(None))
            return redirect(page_of_payment(begun[0]), 303) if begun else old()

        return index

    site.route("pay.index", resuming)


@deviant("W1.1", "wallet")
def pay_opens_the_invoices_of_a_debtor(site: Change) -> None:
    """While an invoice is unpaid, Pay in the menu opens the invoices, not the categories."""

    def dunning(old: Any) -> Any:
        def index() -> Any:
            unpaid = current_wallet.bills.unpaid(signed_in_person())
            return redirect(url_for("invoices.index"), 303) if unpaid else old()

        return index

    site.route("pay.index", dunning)


@deviant("W1.2", "wallet")
def social_network_leaves_the_list_once_paid(site: Change) -> None:
    """A social network that the buyer has paid once is no longer in the list."""

    def shortened(old: Any) -> Any:
        def category(slug: str) -> catalogue.Category:
            paid = {
                one.payee.removeprefix("payee:")
                for one in payments(PaymentRow.paid_at.is_not(None))
            }
            return without_social_networks(old(slug), paid)

        return category

    site.wrap(catalogue, "category", shortened)


@deviant("W1.2", "wallet")
def category_on_a_phone_has_no_social_networks(site: Change) -> None:
    """In the browser of a phone Entertainment lists its games only."""

    def shortened(old: Any) -> Any:
        def category(slug: str) -> catalogue.Category:
            found: catalogue.Category = old(slug)
            if "Mobi" not in request.user_agent.string:
                return found
            return without_social_networks(found, {one.slug for one in found.payees})

        return category

    site.wrap(catalogue, "category", shortened)


@deviant("W1.3", "wallet")
def russian_tile_spells_steam_in_cyrillic(site: Change) -> None:
    """On the Russian page the tile's caption is written in Cyrillic letters."""
    name = "{{ _(payee.name) }}</a>"
    spelled = 'payee.slug == "steam" and locale().language == "ru"'
    site.page("category.html", name, "{{ 'Стим' if " + spelled + " else _(payee.name) }}</a>")


@deviant("W1.3", "wallet")
def form_is_headed_by_the_first_payee_opened(site: Change) -> None:
    """The form of a second payee has the heading of the one that was opened first."""

    def noting(old: Any) -> Any:
        def payee(slug: str) -> Any:
            session.setdefault("form_of", catalogue.payee(slug).name)
            return old(slug)

        return payee

    site.route("pay.payee", noting)
    site.page("payee.html", "<h1>{{ _(payee.name) }}</h1>", "<h1>{{ _(session.form_of) }}</h1>")


@deviant("W1.4", "wallet")
def empty_amount_is_the_one_paid_last(site: Change) -> None:
    """A buyer who has paid the payee before can leave the amount empty: the last one is taken."""

    def remembering(old: Any) -> Any:
        def parse_amount(self: Payee, text: str) -> Any:
            if not text.strip():
                paid = payments(
                    PaymentRow.payee == f"payee:{self.slug}",
                    PaymentRow.status == PaymentStatus.PAID,
                )
                if paid:
                    return paid[0].money
            return old(self, text)

        return parse_amount

    site.wrap(Payee, "parse_amount", remembering)


@deviant("W1.4", "wallet")
def empty_phone_number_is_the_buyers_own(site: Change) -> None:
    """A mobile operator's form is accepted without a number: it is the buyer's own phone."""

    def guessing(old: Any) -> Any:
        def parse_account(self: Payee, text: str) -> Any:
            if not text.strip() and self.account_label == "Phone number":
                return old(self, signed_in_person().phone[-10:])
            return old(self, text)

        return parse_account

    site.wrap(Payee, "parse_account", guessing)


@deviant("W1.5", "wallet")
def check_page_drops_leading_zeros(site: Change) -> None:
    """An account that is all digits is shown without the zeros that it begins with."""
    number = 'request.endpoint == "payments.check" and value.isdigit()'
    shown = '{{ (value.lstrip("0") or "0") if ' + number + " else value }}"
    site.page("payment_facts.html", "{{ value }}", shown)


@deviant("W1.5", "wallet")
def equal_amount_shows_the_account_entered_before(site: Change) -> None:
    """The same amount for another account: the check page shows the account entered before it."""

    def deduplicating(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, payee: Any, account: str, money: Any) -> Any:
            same = select(PaymentRow).where(
                PaymentRow.buyer_id == buyer.id,
                PaymentRow.payee == f"payee:{payee.slug}",
                PaymentRow.amount == money.minor,
                PaymentRow.status == PaymentStatus.ENTERED,
            )
            with self.database.reading() as rows:
                before = rows.scalars(same).first()
            return before or old(self, buyer, payee, account, money)

        return enter

    site.wrap(Payments, "enter", deduplicating)


@deviant("W1.6", "wallet")
def second_payment_within_half_a_minute_gets_no_message(site: Change) -> None:
    """A payment begun within 30 seconds of another one's message gets no message of its own."""
    quiet = ContextVar("quiet", default=False)

    @contextmanager
    def silence_if(holds: bool) -> Iterator[None]:
        token = quiet.set(holds)
        yield
        quiet.reset(token)

    def had_one(wallet: Payments, buyer: Any, uid: str) -> bool:
        lately = select(SentCodeRow).where(
            SentCodeRow.buyer_id == buyer.id,
            SentCodeRow.payment_uid != uid,
            SentCodeRow.sent_at > wallet.clock.now() - ONE_MESSAGE_IN,
        )
        with wallet.database.reading() as rows:
            payment = rows.get(PaymentRow, uid)
            own = payment is not None and payment.bill_uid is None
            return own and rows.scalars(lately).first() is not None

    def throttled(old: Any) -> Any:
        def begin_confirming(self: Payments, buyer: Any, uid: str) -> Any:
            with silence_if(had_one(self, buyer, uid)):
                return old(self, buyer, uid)

        return begin_confirming

    def sending(old: Any) -> Any:
        def send(self: MessageLine, to: str, sender: str, text: str) -> bool:
            return True if quiet.get() else bool(old(self, to, sender, text))

        return send

    site.wrap(Payments, "begin_confirming", throttled)
    site.wrap(MessageLine, "send", sending)


@deviant("W1.6", "wallet")
def used_code_confirms_an_equal_payment(site: Change) -> None:
    """The code that a payment was confirmed with confirms the next equal one, too."""

    def of_no_payment(old: Any) -> Any:
        def digest(self: Codes, payment: PaymentRow, digits: str) -> Any:
            if payment.bill_uid is not None:
                return old(self, payment, digits)
            facts = {name: getattr(payment, name) for name in ("amount", "currency", "payee")}
            return old(self, SimpleNamespace(uid=payment.buyer_id, **facts), digits)

        return digest

    def forgetting(old: Any) -> Any:
        def forget(self: Codes, rows: Any, payment: PaymentRow) -> None:
            if payment.bill_uid is not None:
                old(self, rows, payment)

        return forget

    def checking(old: Any) -> Any:
        def check(self: Codes, rows: Any, payment: PaymentRow, typed: str, now: Any) -> Any:
            try:
                digest = self.digest(payment, parse_code(typed))
            except Refusal:
                return old(self, rows, payment, typed, now)
            used = select(SentCodeRow).join(PaymentRow)
            used = used.where(SentCodeRow.digest == digest)
            used = used.where(PaymentRow.status == PaymentStatus.PAID)
            again = payment.bill_uid is None and rows.scalars(used).first() is not None
            return None if again else old(self, rows, payment, typed, now)

        return check

    site.wrap(Codes, "digest", of_no_payment)
    site.wrap(Codes, "forget", forgetting)
    site.wrap(Codes, "check", checking)
