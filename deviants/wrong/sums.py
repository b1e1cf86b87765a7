"""Sums that a page says of a purchase: in another unit or currency, or of another purchase."""

from __future__ import annotations

from flask import session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.shared.web.web import money_words
from mock_sites.shop.domain.cart import total_of
from mock_sites.shop.routes import cart

TO_PAY = "{{ checkout.total | money }}"


@deviant("C1.1", "shop", "The sum of the cart is the price of its pieces")
def cart_counts_in_hundredths(site: Change) -> None:
    """The cart says a hundredfold sum."""

    def hundredfold(lines: object) -> Money:
        total = total_of(lines)  # type: ignore[arg-type]
        return Money(total.minor * 100, total.currency)

    site.rule(cart, "total_of", hundredfold)


@deviant("C3.6", "shop", "Beside the cards stands the amount of this purchase")
def cards_ask_for_tenge(site: Change) -> None:
    """Beside the cards on the phone the amount stands in another currency."""
    site.app(lambda app: app.add_template_filter(_in_tenge, "in_tenge"))
    site.page("mobile/payment.html", TO_PAY, "{{ checkout.total | in_tenge }}")


@deviant("C3.6", "shop", "Beside the cards stands the amount of this purchase")
def cards_ask_for_an_earlier_purchase(site: Change) -> None:
    """Beside the cards on the phone stands the amount of the first purchase of the browser."""
    site.app(lambda app: app.add_template_filter(_first_seen, "first_seen"))
    site.page("mobile/payment.html", TO_PAY, "{{ checkout.total | money | first_seen }}")


@deviant("C3.5", "shop", "The form for a new card asks for the amount of this purchase")
def card_form_asks_for_tenge(site: Change) -> None:
    """The form for a new card on the phone says the amount in another currency."""
    site.app(lambda app: app.add_template_filter(_in_tenge, "in_tenge"))
    site.page("mobile/card.html", "checkout.total | money", "checkout.total | in_tenge")


def _in_tenge(money: Money) -> str:
    return money_words(Money(money.minor, "KZT"))


def _first_seen(words: str) -> str:
    return str(session.setdefault("first-sum", words))


@deviant("C1.2", "shop", "Two ticked products go to the checkout with all their pieces")
def checkout_asks_for_the_first_product_only(site: Change) -> None:
    """The checkout lists every product, but asks for the price of the first one only."""
    site.page("checkout.html", TO_PAY, "{{ checkout.lines[0].total | money }}")
