"""W1.6: a code comes to the phone; Confirm waits for it, and then pays, once."""

from __future__ import annotations

from typing import Any

from flask import Response
from sqlalchemy import delete, select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import is_ascii_typed
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.one_time_codes import parse_code
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain import code_limits, codes, ledger
from mock_sites.wallet.domain.buyers import owner_of
from mock_sites.wallet.domain.codes import Codes
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.store import PaymentRow, PaymentStatus, SentCodeRow, WrongCodeRow

NO_LIMIT = 10**6


@deviant("W1.6", "wallet")
def blank_opens_confirm(site: Change) -> None:
    """Confirm can be pressed once a blank is entered for the code."""

    def untrimmed(old: Any) -> Any:
        def static(filename: str) -> Any:
            answer = old(filename=filename)
            if filename != "live.js":
                return answer
            answer.direct_passthrough = False
            script = answer.get_data(as_text=True).replace("field.value.trim()", "field.value")
            answer.close()
            return Response(script, mimetype="text/javascript")

        return static

    site.route("shared.static", untrimmed)


@deviant("W1.6", "wallet")
def last_digit_of_the_code_does_not_count(site: Change) -> None:
    """Only the first five digits of the code are compared."""
    site.wrap(
        Codes, "digest", lambda old: lambda self, payment, digits: old(self, payment, digits[:5])
    )


@deviant("W1.6", "wallet")
def first_digit_of_the_code_does_not_count(site: Change) -> None:
    """Only the last five digits of the code are compared."""
    site.wrap(
        Codes, "digest", lambda old: lambda self, payment, digits: old(self, payment, digits[1:])
    )


@deviant("W1.6", "wallet")
def code_is_valid_for_ever(site: Change) -> None:
    """A code confirms the payment however long ago it was sent."""
    site.rule(codes, "is_valid", lambda code, now: True)


@deviant("W1.6", "wallet")
def codes_are_guessed_without_limit(site: Change) -> None:
    """Wrong codes can be entered without end, until one fits."""
    site.rule(codes, "WRONG_ALLOWED", NO_LIMIT)
    site.rule(code_limits, "WRONG_FOR_INVOICE", NO_LIMIT)
    site.rule(code_limits, "WRONG_FOR_BUYER", NO_LIMIT)


@deviant("W1.6", "wallet")
def new_code_forgets_the_wrong_ones(site: Change) -> None:
    """Asking for a new code sets the count of the wrong ones back to none."""

    def forgetting(old: Any) -> Any:
        def send(self: Payments, buyer: Any, uid: str) -> None:
            old(self, buyer, uid)
            with self.database.transaction() as session:
                session.execute(delete(WrongCodeRow).where(WrongCodeRow.payment_uid == uid))

        return send

    site.wrap(Payments, "send_new_code", forgetting)


@deviant("W1.6", "wallet")
def code_of_another_payment_confirms(site: Change) -> None:
    """The code that was sent for one payment confirms the buyer's other one."""

    def any_of_buyer(old: Any) -> Any:
        def check(self: Codes, session: Any, payment: PaymentRow, typed: str, now: Any) -> Any:
            own = select(SentCodeRow).where(SentCodeRow.buyer_id == payment.buyer_id)
            refusal = old(self, session, payment, typed, now)
            if refusal is None or refusal.code in ("code.empty", "code.not-six-digits"):
                return refusal
            for sent in session.scalars(own):
                other = session.get_one(PaymentRow, sent.payment_uid)
                if sent.digest == self.digest(other, parse_code(typed)) and other != payment:
                    return None
            return refusal

        return check

    site.wrap(Codes, "check", any_of_buyer)


@deviant("W1.6", "wallet")
def code_in_arabic_digits_is_refused(site: Change) -> None:
    """A code in Arabic digits is not six digits to the form."""

    def ascii_only(old: Any) -> Any:
        def parse(text: str) -> str:
            if not is_ascii_typed(text):
                raise Refusal("code.not-six-digits", "code")
            return str(old(text))

        return parse

    site.wrap(codes, "parse_code", ascii_only)


@deviant("W1.6", "wallet")
def pressing_confirm_again_pays_again(site: Change) -> None:
    """Going back after paying and pressing Confirm again takes the money a second time."""

    def again(old: Any) -> Any:
        def confirm(self: Payments, buyer: Any, uid: str, typed_code: str) -> Any:
            was_paid = self.get(buyer, uid).status == PaymentStatus.PAID
            payment = old(self, buyer, uid, typed_code)
            if was_paid and payment.bill_uid is None:
                with self.database.transaction() as session:
                    key, payer = f"payment:{uid}:again", owner_of(buyer.id)
                    ledger.move(session, key, payer, payment.payee, payment.money, self.clock.now())
            return payment

        return confirm

    site.wrap(Payments, "confirm", again)


@deviant("W1.6", "wallet")
def kopecks_are_not_taken(site: Change) -> None:
    """The receipt shows the whole amount, and the kopecks of it stay in the wallet."""

    def whole(old: Any) -> Any:
        def move(session: Any, key: str, payer: str, payee: str, money: Money, at: Any) -> Any:
            if key.startswith("payment:") and money.minor > 100:
                money = Money(money.minor // 100 * 100, money.currency)
            return old(session, key, payer, payee, money, at)

        return move

    site.wrap(ledger, "move", whole)


@deviant("W1.6", "wallet")
def confirming_one_confirms_all(site: Change) -> None:
    """The code of one payment pays every payment that the buyer has begun."""

    def all_begun(old: Any) -> Any:
        def pay(self: Payments, session: Any, buyer: Any, payment: PaymentRow, now: Any) -> None:
            old(self, session, buyer, payment, now)
            others = select(PaymentRow).where(
                PaymentRow.buyer_id == buyer.id,
                PaymentRow.bill_uid.is_(None),
                PaymentRow.status == PaymentStatus.CONFIRMING,
            )
            for other in session.scalars(others).all():
                old(self, session, buyer, other, now)

        return pay

    site.wrap(Payments, "pay", all_begun)
