"""Devices: a field that the phone lacks, one version on the other's device, an old balance."""

from __future__ import annotations

from typing import Any

from flask import has_request_context, request, session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.shop.routes import device
from mock_sites.wallet.domain.buyers import Buyers
from mock_sites.wallet.store import BuyerRow

SECURITY_CODE = "{{ forms.row(form.security_code"
END_OF_FIELD = 'maxlength=8, dir="ltr") }}'


@deviant("C3.2", "shop", "Without a ticked product the window does not open")
def desktop_layout_on_the_phone(site: Change) -> None:
    """A phone gets the desktop's layout."""
    site.rule(device, "version", lambda: "desktop")


@deviant("C1.2", "shop", "Without a ticked product the shop asks to tick one")
def phone_layout_on_the_desktop(site: Change) -> None:
    """A desktop gets the phone's layout."""
    site.rule(device, "version", lambda: "mobile")


@deviant("C3.1", "shop", "An empty cart has no Pay button")
def empty_cart_offers_pay(site: Change) -> None:
    """On the phone an empty cart can be paid."""
    empty = '<p><strong>{{ _("Your cart is empty.") }}'
    site.page("mobile/cart.html", empty, f'<p><button>{{{{ _("Pay") }}}}</button></p>{empty}')


@deviant("C3.1", "shop", "An empty cart has no Pay button")
def phone_has_no_way_to_the_cart(site: Change) -> None:
    """The phone's menu has no Cart."""
    site.page("mobile/layout.html", '{{ tab("cart.cart", _("Cart"), "basket") }}')


@deviant("C3.5", "shop", "A saved card is linked")
def phone_has_no_security_code(site: Change) -> None:
    """The form on the phone has no field for the security code."""
    # The layout is the phone's in the context of a page, not among the globals.
    imported = '{% import "card_form.html" as card_fields %}'
    site.page("mobile/card.html", imported, imported.replace(" %}", " with context %}"))
    on_the_desktop = "{% if site_layout != 'mobile/layout.html' %}"
    site.page("card_form.html", SECURITY_CODE, f"{on_the_desktop}{SECURITY_CODE}")
    site.page("card_form.html", END_OF_FIELD, f"{END_OF_FIELD}{{% endif %}}")


@deviant("C3.5", "shop", "A saved card is linked")
def switch_does_nothing(site: Change) -> None:
    """Save card on the phone is a switch that is not sent."""
    site.page("mobile/card.html", ' name="{{ card_form.save_card.name }}"')


@deviant("W2.6", "wallet", "Another device shows the payment")
def balance_of_another_device_is_an_old_one(site: Change) -> None:
    """A device that is signed in goes on showing the balance that it has shown first."""

    def seen_first(balances: Any) -> Any:
        def remembered(self: Buyers, buyer: BuyerRow) -> list[Money]:
            now = balances(self, buyer)
            if not has_request_context() or request.endpoint != "home.index":
                return list(now)
            seen = session.setdefault("balances", [(one.minor, one.currency) for one in now])
            return [Money(minor, currency) for minor, currency in seen]

        return remembered

    site.wrap(Buyers, "balances", seen_first)
