"""Somebody else signs in in the same browser: what the buyer still has open counts for them."""

from __future__ import annotations

from typing import Any

from flask import g, has_request_context, request
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import select, update

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.store import CartLineRow, CheckoutRow
from mock_sites.wallet.domain import payments
from mock_sites.wallet.store import PaymentRow

CONFIRM = "payments.confirm"
DESKTOP = "checkout.send"
PHONE = "mobile.done"


def _take_old_forms(site: Change, endpoint: str) -> None:
    """Take a form of this page from whoever is signed in, whatever its key says."""

    def lenient(protect: Any) -> Any:
        def protect_others(self: CSRFProtect, **how: Any) -> None:
            if request.endpoint != endpoint:
                protect(self, **how)
                return
            g.csrf_valid = True

        return protect_others

    site.wrap(CSRFProtect, "protect", lenient)


def _is_sent_to(endpoint: str) -> bool:
    return has_request_context() and request.method == "POST" and request.endpoint == endpoint


@deviant(
    "C2.4",
    "vault",
    "A card is not linked to a person who signs in to the vault in the same browser",
)
def open_form_links_to_whoever_is_signed_in(site: Change) -> None:
    """The vault links a card from an open form to the person who has signed in since."""
    _take_old_forms(site, "cards.add")


@deviant("W1.6", "wallet", "A payment takes nothing from a person who signs in in the same browser")
def open_payment_is_paid_by_whoever_is_signed_in(site: Change) -> None:
    """The wallet takes the money of an open payment from the person who has signed in since."""
    _take_old_forms(site, CONFIRM)

    def anybodys(own: Any) -> Any:
        def payment_of_anybody(session: Any, buyer: Any, uid: str) -> Any:
            if _is_sent_to(CONFIRM):
                return session.scalar(select(PaymentRow).where(PaymentRow.uid == uid))
            return own(session, buyer, uid)

        return payment_of_anybody

    site.wrap(payments, "own_payment", anybodys)


def _hand_checkouts_over(site: Change, endpoint: str) -> None:
    """A checkout and its cart belong to whoever is signed in when it is sent."""
    _take_old_forms(site, endpoint)

    def handing_over(get: Any) -> Any:
        def get_and_hand_over(self: Checkouts, customer_id: int, uid: str) -> Any:
            if _is_sent_to(endpoint):
                with self.database.transaction() as session:
                    found = session.scalar(select(CheckoutRow).where(CheckoutRow.uid == uid))
                    if found is not None and found.customer_id != customer_id:
                        left = CartLineRow.customer_id == found.customer_id
                        session.execute(
                            update(CartLineRow).where(left).values(customer_id=customer_id)
                        )
                        found.customer_id = customer_id
            return get(self, customer_id, uid)

        return get_and_hand_over

    def lenient(check: Any) -> Any:
        def check_elsewhere(self: Shop, customer: Any) -> None:
            # The cart with the product is that of the one who left.
            uid = str((request.view_args or {}).get("uid", ""))
            if _is_sent_to(endpoint) and self.checkouts.get(customer.id, uid).lines:
                return
            check(self, customer)

        return check_elsewhere

    site.wrap(Checkouts, "get", handing_over)
    site.wrap(Shop, "check_cart", lenient)


@deviant("C1.5", "shop", "A card is not linked to a person who signs in in the same browser")
def open_checkout_links_to_whoever_is_signed_in(site: Change) -> None:
    """The shop links a card from an open checkout to the person who has signed in since."""
    _hand_checkouts_over(site, DESKTOP)


@deviant("W2.2", "shop", "An order is not placed for a person who signs in in the same browser")
def open_checkout_orders_for_whoever_is_signed_in(site: Change) -> None:
    """The shop places the order of an open checkout for the person who has signed in since."""
    _hand_checkouts_over(site, DESKTOP)


@deviant(
    "C3.5", "shop", "A card is not linked to a person who signs in in the same browser of the phone"
)
def open_form_on_the_phone_links_to_whoever_is_signed_in(site: Change) -> None:
    """On the phone a card from an open form is linked to the person who has signed in since."""
    _hand_checkouts_over(site, PHONE)
