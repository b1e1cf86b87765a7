"""The wallet's words: why something is refused, what a state is called, what the phone reads."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

from ..shared.web.web import money_words
from .domain.codes import NewCode
from .domain.given_back import RefundState
from .store import BillStatus, PaymentRow

SENDER = "QIWI"

REFUSALS = {
    "account.empty": lazy_gettext("Fill in this field."),
    "account.too-long": lazy_gettext("This is too long: %(longest)s characters at most."),
    "account.wrong-shape": lazy_gettext("This does not look right. Expected: %(hint)s"),
    "account.unknown": lazy_gettext("Nobody has this account there. Check it."),
    "payee.refused": lazy_gettext(
        "The payee has refused this payment. Nothing was paid. Check what you entered."
    ),
    "payee.silent": lazy_gettext("The payee does not answer. Nothing was paid. Try again later."),
    "amount.too-small": lazy_gettext("The smallest amount here is %(smallest)s."),
    "amount.too-large": lazy_gettext("The largest amount here is %(largest)s."),
    "amount.above-balance": lazy_gettext(
        "Your balance is %(available)s. Enter a smaller amount, or top up the wallet first."
    ),
    "balance.insufficient": lazy_gettext(
        "Your balance is short of %(missing)s. Nothing was paid. Top up the wallet, then try again."
    ),
    "bill.paid": lazy_gettext("This invoice is already paid. Nothing more was taken."),
    "bill.rejected": lazy_gettext("The shop has cancelled this invoice. Nothing was paid."),
    "bill.expired": lazy_gettext(
        "The time for paying this invoice is over. Nothing was paid. Ask the shop for a new one."
    ),
    "payment_method.not-enabled": lazy_gettext(
        "This way to pay is not enabled for you. Choose another."
    ),
    "code.empty": lazy_gettext("Enter the code from the message on your phone."),
    "code.not-six-digits": lazy_gettext("Enter the six digits of the message."),
    "code.superseded": lazy_gettext(
        "This is the code of message %(number)s. Only the code of the newest message,"
        " number %(newest)s, counts."
    ),
    "code.locked": lazy_gettext(
        "Too many wrong codes. Nothing was paid. You can confirm payments again from %(until)s."
    ),
    "code.invoice-locked": lazy_gettext(
        "Too many wrong codes for this invoice. Nothing was paid. This invoice can be paid again"
        " from %(until)s."
    ),
    "code.too-many-messages": lazy_gettext(
        "Too many messages with codes were sent to you. Nothing was paid. The next one can be"
        " sent from %(until)s."
    ),
    "code.wrong": lazy_gettext("This code is wrong. Check the message. Tries left: %(left)s."),
    "code.expired": lazy_gettext("This code is no longer valid. Ask for a new one."),
    "code.too-soon": lazy_gettext("A new code can be asked for in %(seconds)s s."),
    "code.not-sent": lazy_gettext(
        "The message with the code could not be sent. Nothing was paid. Ask for a new code."
    ),
    "payment.ended": lazy_gettext("Five wrong codes ended this payment. Nothing was paid."),
    "payment.not-checked": lazy_gettext("Check what you entered first, then confirm."),
}

BILL_STATES = {
    BillStatus.WAITING: lazy_gettext("Not paid"),
    BillStatus.PAID: lazy_gettext("Paid"),
    BillStatus.REJECTED: lazy_gettext("Cancelled by the shop"),
    BillStatus.EXPIRED: lazy_gettext("Payment time ran out"),
}

# How much of a paid invoice was given back, where anything was.
REFUND_STATES = {
    RefundState.PARTLY: lazy_gettext("Partly refunded"),
    RefundState.WHOLLY: lazy_gettext("Refunded"),
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
        "Code %(code)s (message %(number)s) confirms the payment of %(amount)s to %(payee)s."
        " Tell it to nobody.",
        code=code.digits,
        number=code.number,
        amount=money_words(payment.money),
        payee=gettext(payment.payee_name),
    )
    return words
