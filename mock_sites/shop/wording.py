"""The shop's words for what its rules refuse, and for what its rows only name."""

from __future__ import annotations

from flask_babel import lazy_gettext, lazy_pgettext

from .domain.payment_methods import CARD, CASH, ONLINE
from .store import OrderState, PaymentMethod

REFUSALS = {
    "quantity.wrong": lazy_gettext("Enter a whole number from 1 to %(limit)s."),
    "quantity.too-many": lazy_gettext(
        "One cart holds at most %(limit)s pieces of a product, and %(already)s are in yours."
    ),
    "product.not-sold": lazy_gettext("“%(product)s” is not sold any more."),
    "cart.nothing-ticked": lazy_gettext("Tick at least one product that you want to buy."),
    "cart.not-there": lazy_gettext(
        "Something that you ticked is no longer in the cart. Check the cart and tick again."
    ),
    "cart.too-expensive": lazy_gettext(
        "One order can be for at most %(limit)s. Buy in several orders."
    ),
    "line.gone": lazy_gettext(
        "“%(product)s” can no longer be bought here: it is sold out, or has left your cart."
    ),
    "line.new-price": lazy_gettext(
        "The price of “%(product)s” has changed from %(old)s to %(new)s."
    ),
    "line.new-quantity": lazy_gettext(
        "The quantity of “%(product)s” in your cart is now %(quantity)s."
    ),
    "recipient.empty": lazy_gettext("Enter the name of the person who receives the order."),
    "city.empty": lazy_gettext("Enter the city or village."),
    "street.empty": lazy_gettext("Enter the street, the house and the flat."),
    "payment.not-chosen": lazy_gettext("Choose how you would like to pay."),
    "online_option.not-chosen": lazy_gettext("Choose what to pay online with."),
    "online_option.unavailable": lazy_gettext(
        "This order cannot be paid that way. Choose another one."
    ),
    "card.not-chosen": lazy_gettext(
        "Choose a card to pay with, or enter one; or choose another way to pay."
    ),
    "card.unknown": lazy_gettext("This card is not linked any more. Choose another one."),
    "card.out-of-date": lazy_gettext(
        "This card expired at the end of %(expiry)s. Nothing was taken. Choose another card, or"
        " edit its expiry in your account with the payment system."
    ),
    "card.declined": lazy_gettext(
        "The bank that issued this card has declined it. Nothing was taken. Use another card."
    ),
    "card.insufficient-funds": lazy_gettext(
        "There is not enough money on this card. Nothing was taken. Use another card."
    ),
    "card.expired": lazy_gettext(
        "The bank says that this card has expired. Nothing was taken. Use another card."
    ),
    "card.wrong-code": lazy_gettext(
        "The bank says that the security code is wrong. Nothing was taken. Check the code."
    ),
    "card.lost": lazy_gettext("This card was reported lost. Nothing was taken. Use another card."),
    "card.already-linked": lazy_gettext(
        "This card is linked already. Nothing was linked again; choose it among your cards."
    ),
    "request.conflict": lazy_gettext(
        "This form was sent with another card before, so nothing was done with this one. See"
        " whether that one is linked now; send the form again to link this one too."
    ),
    "card.issuer-down": lazy_gettext(
        "The bank that issued this card does not answer now. Nothing was taken. Try again"
        " later, or use another card."
    ),
    "card.refused": lazy_gettext(
        "The card vault did not accept this card. Nothing was taken. Check what you entered."
    ),
    "card.not-paid": lazy_gettext(
        "The payment by card did not succeed. Nothing was taken, and nothing is ordered yet."
    ),
    "vault.unreachable": lazy_gettext(
        "The card vault cannot be reached, so nothing was done. Try again in a moment."
    ),
    "vault.silent": lazy_gettext(
        "The card vault has not answered, so it is not known yet whether the card is linked."
        " Send the form once more: nothing is linked twice."
    ),
    "cart.empty": lazy_gettext(
        "Your cart is empty, and a card can only be linked on the way to buying something."
        " Put something into the cart first."
    ),
    "order.cancel-later": lazy_gettext(
        "The wallet did not answer, so it is not known yet whether the order is cancelled. Try"
        " again in a moment."
    ),
    "order.not-cancellable": lazy_gettext("This order cannot be cancelled any more."),
}

ORDER_STATES = {
    OrderState.PAYING: lazy_gettext("Being paid"),
    OrderState.AWAITING_PAYMENT: lazy_gettext("Awaiting payment"),
    OrderState.PAY_ON_DELIVERY: lazy_gettext("To be paid on delivery"),
    OrderState.PAID: lazy_gettext("Paid"),
    OrderState.CANCELLED: lazy_gettext("Cancelled"),
    OrderState.EXPIRED: lazy_gettext("Payment time ran out"),
}

# How a state looks: see .state in the shared style sheet.
STATE_LOOKS = {
    OrderState.PAID: "good",
    OrderState.CANCELLED: "bad",
    OrderState.EXPIRED: "bad",
}

PAYMENT_METHODS = {
    PaymentMethod.CARD: lazy_gettext("Card"),
    PaymentMethod.QIWI_WALLET: lazy_gettext("QIWI Wallet"),
    PaymentMethod.CASH_ON_DELIVERY: lazy_gettext("Cash on delivery"),
}

PAYMENTS = {
    CARD: lazy_pgettext("means of payment", "Card"),
    ONLINE: lazy_gettext("Online"),
    CASH: PAYMENT_METHODS[PaymentMethod.CASH_ON_DELIVERY],
}

ONLINE_OPTIONS = {
    "qiwi-wallet": PAYMENT_METHODS[PaymentMethod.QIWI_WALLET],
    "bank-transfer": lazy_gettext("Bank transfer"),
    "mobile-bill": lazy_gettext("Mobile phone bill"),
}

# Why the invoice is not in the wallet yet.
INVOICE_ERRORS = {
    None: lazy_gettext("The invoice is on its way to the wallet."),
    "wallet.unreachable": lazy_gettext(
        "The wallet does not answer, so it has no invoice yet. Your order is kept, and the"
        " shop goes on trying by itself."
    ),
    "wallet.refused": lazy_gettext(
        "The wallet did not accept the invoice. Your order is kept, and the shop goes on"
        " trying by itself."
    ),
}
