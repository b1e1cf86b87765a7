"""The wallet's words: why something is refused, what a state is called, what the phone reads."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

from ..shared.web.web import money_words
from .domain.codes import NewCode
from .domain.given_back import RefundState
from .domain.notification_log import Outcome
from .store import BillStatus, PaymentRow

SENDER = "QIWI"

REFUSALS = {
    "account.empty": lazy_gettext("Fill in this field."),
    "account.too-long": lazy_gettext(
        "This is too long. Enter no more than %(longest)s characters."
    ),
    "account.wrong-shape": lazy_gettext("Invalid value. Expected: %(hint)s"),
    "account.unknown": lazy_gettext("The payee has no such account. Check what you entered."),
    "payee.refused": lazy_gettext(
        "The payee declined this payment. Nothing was paid. Check what you entered."
    ),
    "payee.silent": lazy_gettext("The payee is not responding. Nothing was paid. Try again later."),
    "amount.too-small": lazy_gettext("The minimum amount is %(smallest)s."),
    "amount.too-large": lazy_gettext("The maximum amount is %(largest)s."),
    "amount.above-balance": lazy_gettext(
        "Insufficient funds. Your balance is %(available)s. Enter a smaller amount or top up the"
        " wallet."
    ),
    "balance.insufficient": lazy_gettext(
        "Insufficient funds: you need %(missing)s more. Nothing was paid. Top up the wallet and"
        " try again."
    ),
    "bill.paid": lazy_gettext("This invoice is already paid. You were not charged again."),
    "bill.rejected": lazy_gettext("The shop has cancelled this invoice. Nothing was paid."),
    "bill.expired": lazy_gettext(
        "This invoice has expired. Nothing was paid. Ask the shop for a new one."
    ),
    "payment_method.not-enabled": lazy_gettext(
        "This payment method is not enabled for you. Choose another one."
    ),
    "code.empty": lazy_gettext("Enter the code from the message on your phone."),
    "code.not-six-digits": lazy_gettext("Enter the six digits from the message."),
    "code.superseded": lazy_gettext(
        "This is the code from message %(number)s. Only the code from the latest message, number"
        " %(newest)s, is valid."
    ),
    "code.locked": lazy_gettext(
        "Too many wrong codes. Nothing was paid. You can confirm payments again from %(until)s."
    ),
    "code.invoice-locked": lazy_gettext(
        "Too many wrong codes for this invoice. Nothing was paid. This invoice can be paid again"
        " from %(until)s."
    ),
    "code.too-many-messages": lazy_gettext(
        "Too many codes were sent to you. Nothing was paid. You can request the next one from"
        " %(until)s."
    ),
    "code.wrong": lazy_gettext("Wrong code. Check the message. Attempts left: %(left)s."),
    "code.expired": lazy_gettext("This code is no longer valid. Request a new one."),
    "code.too-soon": lazy_gettext("You can request a new code in %(seconds)s s."),
    "code.not-sent": lazy_gettext(
        "The message with the code could not be sent. Nothing was paid. Request a new code."
    ),
    "payment.ended": lazy_gettext(
        "The payment was cancelled after five wrong codes. Nothing was paid."
    ),
    "merchant_key.unknown": lazy_gettext("No merchant has this key. Check it and try again."),
    "day.wrong": lazy_gettext("Enter a day as year, month, day: 2026-11-27."),
    "day.future": lazy_gettext("This day has not begun yet. Enter an earlier one."),
    "notification.no-address": lazy_gettext(
        "The merchant has no address for notifications. Nothing was sent."
    ),
    "notification.too-many-replays": lazy_gettext(
        "A notification can be sent again %(most)s times at most. Nothing was sent."
    ),
    "outcome.unknown": lazy_gettext("Choose one of the results in the list."),
    "id.wrong": lazy_gettext("Enter the number as it is on the invoice."),
    "payment.not-checked": lazy_gettext("Check what you entered first, then confirm."),
}

BILL_STATES = {
    BillStatus.WAITING: lazy_gettext("Not paid"),
    BillStatus.PAID: lazy_gettext("Paid"),
    BillStatus.REJECTED: lazy_gettext("Cancelled by the shop"),
    BillStatus.EXPIRED: lazy_gettext("Payment expired"),
}

# How much of a paid invoice was given back, where anything was.
REFUND_STATES = {
    RefundState.PARTLY: lazy_gettext("Partly refunded"),
    RefundState.WHOLLY: lazy_gettext("Refunded"),
}

# What has become of a notification, and why a try of it has no status.
OUTCOMES = {
    Outcome.ACKNOWLEDGED: lazy_gettext("Acknowledged"),
    Outcome.WAITING: lazy_gettext("Waiting for the next attempt"),
    Outcome.ENDED: lazy_gettext("Not acknowledged"),
}
FAILURES = {
    "timeout": lazy_gettext("No answer in time"),
    "unreachable": lazy_gettext("Unreachable"),
    "broken": lazy_gettext("The answer broke off"),
    "lost": lazy_gettext("Lost on the way"),
}

PAYMENT_METHODS = {
    "qw": lazy_gettext("Visa QIWI Wallet"),
    "card": lazy_gettext("Bank card"),
    "mobile": lazy_gettext("Mobile phone balance"),
}


def code_message(code: NewCode, payment: PaymentRow) -> str:
    """Return the text of the message with a payment's code (W1.6, W2.6).

    Its number tells the messages of one payment apart: the page says which is the newest.
    """
    words: str = gettext(
        "Code %(code)s (message %(number)s) confirms the payment of %(amount)s to %(payee)s. Do"
        " not share it with anyone.",
        code=code.digits,
        number=code.number,
        amount=money_words(payment.money),
        payee=gettext(payment.payee_name),
    )
    return words
