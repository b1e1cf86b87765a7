"""The shop's words for what its rules refuse, and for what its rows only name."""

from __future__ import annotations

from flask_babel import lazy_gettext, lazy_pgettext

from .domain.payment_methods import CARD, CASH, ONLINE
from .store import OrderState, PaymentMethod

REFUSALS = {
    "quantity.wrong": lazy_gettext("Enter a whole number from 1 to %(limit)s."),
    "quantity.too-many": lazy_gettext(
        "The cart can hold at most %(limit)s of one product. It already has %(already)s."
    ),
    "product.not-sold": lazy_gettext("“%(product)s” is no longer available."),
    "cart.nothing-ticked": lazy_gettext("Tick at least one product to buy."),
    "cart.not-there": lazy_gettext(
        "A product that you ticked is no longer in the cart. Check the cart and tick again."
    ),
    "cart.too-expensive": lazy_gettext("An order can be at most %(limit)s. Place several orders."),
    "line.gone": lazy_gettext(
        "“%(product)s” can no longer be bought here: it is sold out or no longer in your cart."
    ),
    "line.new-price": lazy_gettext(
        "The price of “%(product)s” has changed from %(old)s to %(new)s."
    ),
    "line.new-quantity": lazy_gettext(
        "The quantity of “%(product)s” in your cart is now %(quantity)s."
    ),
    "recipient.empty": lazy_gettext("Enter the recipient's name."),
    "city.empty": lazy_gettext("Enter the city or village."),
    "street.empty": lazy_gettext("Enter the street, house and flat."),
    "payment.not-chosen": lazy_gettext("Choose a payment method."),
    "online_option.not-chosen": lazy_gettext("Choose an online payment method."),
    "online_option.unavailable": lazy_gettext(
        "This payment method is not available for this order. Choose another one."
    ),
    "card.not-chosen": lazy_gettext(
        "Choose a card, enter a new one or choose another payment method."
    ),
    "card.unknown": lazy_gettext("This card is no longer linked. Choose another card."),
    "card.out-of-date": lazy_gettext(
        "This card expired at the end of %(expiry)s. You were not charged. Choose another card,"
        " or update its expiry in your payment system account."
    ),
    "card.declined": lazy_gettext(
        "The issuing bank declined this card. You were not charged. Use another card."
    ),
    "card.insufficient-funds": lazy_gettext(
        "Insufficient funds on this card. You were not charged. Use another card."
    ),
    "card.expired": lazy_gettext(
        "According to the issuing bank, this card has expired. You were not charged. Use another"
        " card."
    ),
    "card.wrong-code": lazy_gettext(
        "According to the issuing bank, the security code is wrong. You were not charged. Check"
        " the code."
    ),
    "card.lost": lazy_gettext(
        "This card was reported lost. You were not charged. Use another card."
    ),
    "card.not-authenticated": lazy_gettext(
        "The card was not confirmed: the code was wrong. You were not charged. Use another card."
    ),
    "card.challenge-abandoned": lazy_gettext(
        "You did not confirm the card. You were not charged. Try again or use another card."
    ),
    "card.challenge-expired": lazy_gettext(
        "The time to confirm the card is over. You were not charged. Try again."
    ),
    "card.authentication-unavailable": lazy_gettext(
        "The issuing bank cannot confirm this card now. You were not charged. Use another card."
    ),
    "card.already-linked": lazy_gettext("This card is already linked. Choose it from your cards."),
    "request.conflict": lazy_gettext(
        "This form was already sent with another card, so nothing was done with this one. Check"
        " whether the other card is linked, then send the form again to link this one."
    ),
    "card.issuer-down": lazy_gettext(
        "The issuing bank is not responding. You were not charged. Try again later or use"
        " another card."
    ),
    "card.refused": lazy_gettext(
        "The card vault rejected this card. You were not charged. Check what you entered."
    ),
    "card.not-paid": lazy_gettext(
        "The card payment failed. You were not charged, and nothing has been ordered yet."
    ),
    "vault.unreachable": lazy_gettext(
        "The card vault is unreachable. Nothing was done. Try again in a moment."
    ),
    "vault.silent": lazy_gettext(
        "The card vault has not answered, so it is not known yet whether the card is linked."
        " Send the form again. The card is never linked twice."
    ),
    "cart.empty": lazy_gettext(
        "Your cart is empty. Add a product first: a card can only be linked during a purchase."
    ),
    "order.cancel-later": lazy_gettext(
        "The wallet did not respond, so it is not known yet whether the order is cancelled. Try"
        " again in a moment."
    ),
    "order.not-cancellable": lazy_gettext("This order can no longer be cancelled."),
}

ORDER_STATES = {
    OrderState.PAYING: lazy_gettext("Payment in progress"),
    OrderState.AWAITING_PAYMENT: lazy_gettext("Awaiting payment"),
    OrderState.PAY_ON_DELIVERY: lazy_gettext("Payment on delivery"),
    OrderState.PAID: lazy_gettext("Paid"),
    OrderState.CANCELLED: lazy_gettext("Cancelled"),
    OrderState.EXPIRED: lazy_gettext("Payment expired"),
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
    None: lazy_gettext("The invoice is being sent to the wallet."),
    "wallet.unreachable": lazy_gettext(
        "The wallet is not responding, so it has no invoice yet. Your order is saved, and the"
        " shop keeps trying automatically."
    ),
    "wallet.refused": lazy_gettext(
        "The wallet rejected the invoice. Your order is saved, and the shop keeps trying"
        " automatically."
    ),
}
