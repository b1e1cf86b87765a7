"""The short way to each unseen deviant that no long way of its clause passes by."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.journeys import later_journeys as later
from tests.support.journeys import unseen_card_journeys as card
from tests.support.journeys import unseen_wallet_journeys as wallet
from tests.support.journeys.journey import Journey

# The way to each of the deviants that no long way of its clause passes by.
WAYS: dict[str, Callable[[Journey], None]] = {
    "item-chosen-before-signing-in-is-lost-beside-others": card.baskets,
    "cart-page-is-empty-the-next-day": card.next_day,
    "buy-is-refused-while-a-withdrawn-product-lies-beside": card.withdrawn,
    "buy-opens-the-checkout-of-before": card.same_again,
    "cash-is-selected-after-an-order-in-cash": card.cash_first,
    "add-card-is-missing-beside-an-expired-card": card.old_card,
    "card-of-this-month-is-refused": card.cards_at_shop,
    "form-does-not-come-back-with-card": card.methods,
    "first-card-serves-for-one-purchase": card.pays_once,
    "card-is-gone-after-signing-out-without-an-order": card.signed_out,
    "russian-is-not-offered-to-an-arabic-browser": card.vault_pages,
    "checkout-selects-the-card-paid-with-last": card.last_used,
    "deleted-card-comes-back-without-its-code": card.without_code,
    "postal-code-with-letters-is-refused": card.vault_pages,
    "card-added-again-keeps-its-cent-for-a-month": card.added_again,
    "mir-card-of-the-vault-does-not-appear": card.mir,
    "empty-cart-links-a-second-card": card.second_with_empty_cart,
    "purchase-given-up-still-links-a-card": card.emptied,
    "pay-without-a-tick-buys-what-was-ticked-before": card.ticks,
    "pay-takes-three-of-the-ticked-items": card.ticks,
    "edited-address-is-not-the-one-taken": card.edited,
    "address-is-taken-for-every-open-purchase": card.windows,
    "expired-card-stands-below-add-new-card": card.old_card,
    "wallet-used-last-stands-above-add-new-card": card.wallet_before,
    "number-typed-in-groups-is-refused": card.groups,
    "card-is-dropped-by-an-order-paid-otherwise": card.otherwise,
    "pay-opens-the-payment-left-unfinished": wallet.wallet_pages,
    "pay-opens-the-invoices-of-a-debtor": wallet.debts,
    "social-network-leaves-the-list-once-paid": wallet.wallet_pages,
    "category-on-a-phone-has-no-social-networks": wallet.wallet_pages,
    "empty-amount-is-the-one-paid-last": wallet.wallet_pages,
    "empty-phone-number-is-the-buyers-own": wallet.wallet_pages,
    "check-page-drops-leading-zeros": wallet.wallet_pages,
    "second-payment-within-half-a-minute-gets-no-message": wallet.two_messages,
    "used-code-confirms-an-equal-payment": wallet.used_code,
    "wallet-is-not-offered-for-a-large-order": wallet.orders,
    "order-placed-again-after-a-cancelled-one-gets-no-invoice": wallet.again,
    "notice-is-gone-once-paying-was-begun": wallet.bills,
    "notice-ignores-invoices-in-tenge": wallet.bills,
    "invoice-loses-pay-after-five-wrong-codes": wallet.ended_bill,
    "begun-invoice-opens-at-the-code": wallet.begun_bill,
    "second-order-of-the-same-total-stays-unpaid": wallet.orders,
    "item-wanted-while-signed-out-empties-the-cart": later.signed_out,
    "arabic-menu-says-shopping-trolley": later.in_arabic,
    "wrong-address-unfolds-the-block": later.wrong_address,
    "asking-for-another-method-first-removes-the-form": later.other_method,
    "given-up-purchase-is-a-cancelled-order": later.given_up,
    "second-linked-card-does-not-appear": later.second_card,
    "first-item-from-a-phone-gets-lost": later.first_item,
    "window-shows-three-products": later.many_items,
    "desktop-loses-the-card-of-a-refused-purchase": later.refused,
    "menu-loses-pay-on-a-receipt": later.small_sums,
    "small-sum-needs-no-code": later.small_sums,
    "any-code-pays-an-invoice-after-a-wrong-one": later.wrong_codes,
}
