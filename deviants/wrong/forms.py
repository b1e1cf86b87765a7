"""Forms that take what cannot be, or lose what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values import card_number_detection, cards, money, text_rules
from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shop.domain import address
from mock_sites.shop.domain.addresses import Addresses
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.store import PaymentMethod
from mock_sites.vault.routes import forms
from mock_sites.wallet.domain import catalogue
from mock_sites.wallet.domain.catalogue import CURRENCY, Payee


@deviant("W1.3", "wallet", "The tile opens the payee's form")
def steam_opens_another_form(site: Change) -> None:
    """The tile Steam opens the form of a social network."""
    site.route("pay.payee", lambda page: lambda slug: page("circle" if slug == "steam" else slug))


@deviant("W1.4", "wallet", "An invalid account is rejected")
def account_is_not_looked_at(site: Change) -> None:
    """Any account is taken, even none."""
    site.rule(Payee, "parse_account", lambda self, text: text)


@deviant("W1.4", "wallet", "An invalid amount is rejected [9.99")
def limits_are_ignored(site: Change) -> None:
    """Amounts outside a payee's limits are taken."""
    site.rule(Payee, "parse_amount", lambda self, text: money.parse_amount(text, CURRENCY))


@deviant("W1.4", "wallet", "An invalid account is rejected")
def refused_form_loses_the_amount(site: Change) -> None:
    """A form that is refused has lost its amount."""
    site.page("payee.html", 'dir="ltr", inputmode="decimal"', 'value="", dir="ltr"')


@deviant("W1.4", "wallet", "An amount with a comma or non-Latin digits is accepted [١٥٠٫٥٠")
def arabic_digits_are_not_read(site: Change) -> None:
    """Amounts in Arabic digits are refused."""
    site.rule(money, "parse_digits", lambda text: text)


@deviant("W1.4", "wallet", "An invalid account is rejected")
def error_is_not_beside_its_field(site: Change) -> None:
    """A wrong field is not marked as such."""
    site.page("forms.html", 'aria_invalid="true", ')


@deviant("W1.5", "wallet", "The check page shows every value and moves no money")
def check_page_hides_the_account(site: Change) -> None:
    """The check page does not show the account that was entered."""
    value = "<dd><bdi>{{ value }}</bdi>"
    site.page("payment_facts.html", value, value.replace("<dd>", "<dd hidden>"))


@deviant("W2.1", "shop", "Without a payment method there is no order")
def cash_where_nothing_is_chosen(site: Change) -> None:
    """Without a way to pay an order is made, to be paid on delivery."""

    def or_cash(buy: Any) -> Any:
        def buy_or_cash(
            self: Shop,
            customer: Any,
            uid: str,
            to: Any,
            payment_method: PaymentMethod,
            source: Any = None,
        ) -> Any:
            chosen = (
                payment_method
                if source or payment_method != PaymentMethod.CARD
                else PaymentMethod.CASH_ON_DELIVERY
            )
            return buy(self, customer, uid, to, chosen, source)

        return buy_or_cash

    site.wrap(Shop, "buy", or_cash)


@deviant(
    "W2.1", "shop", "Without an address there is no order, and the payment method stays chosen"
)
def address_is_not_looked_at(site: Change) -> None:
    """An order needs no city and no street."""
    site.rule(address, "parse_line", lambda text, field, longest: text)


@deviant("C1.1", "shop", "An empty cart says so and has no Buy button")
def empty_cart_can_be_bought(site: Change) -> None:
    """An empty cart has Buy."""
    empty = '<p>{{ _("Your cart is empty.") }}'
    site.page("cart.html", empty, f'<button>{{{{ _("Buy") }}}}</button>{empty}')


@deviant("C1.3", "shop", "The payment block is open if no card is linked")
def block_is_always_folded(site: Change) -> None:
    """The payment block is folded for who has no card too."""
    site.page("payment_methods.html", "{% if not folded %} open{% endif %}")


@deviant("C1.3", "shop", "The payment block is folded if a card is linked")
def block_is_never_folded(site: Change) -> None:
    """The payment block is open for who has a card too."""
    site.page("payment_methods.html", "{% if not folded %} open{% endif %}", " open")


@deviant(
    "C1.5",
    "shop",
    "An invalid value is rejected, with the reason beside its field [Card holder, R2 D2",
)
def holder_may_be_anything(site: Change) -> None:
    """A card holder may be called by figures."""
    site.rule(cards, "may_be_in_a_name", lambda character: True)


@deviant(
    "C1.5", "shop", "A card number with spaces, dashes or non-Latin digits is accepted [with dashes"
)
def dashes_are_not_read(site: Change) -> None:
    """A card number written with dashes is refused."""
    site.rule(cards, "with_plain_separators", lambda text: text.replace("-", "–"))


@deviant("C1.5", "shop", "A card that is not saved pays once and is not linked")
def unsaved_card_is_kept(site: Change) -> None:
    """A card that pays without Save card is linked all the same."""

    def and_link(buy: Any) -> Any:
        def buy_and_link(
            self: Shop,
            customer: Any,
            uid: str,
            to: Any,
            payment_method: PaymentMethod,
            source: Any = None,
        ) -> Any:
            if isinstance(source, Card):
                self.link_card(customer, str(uuid4()), source)
            return buy(self, customer, uid, to, payment_method, source)

        return buy_and_link

    site.wrap(Shop, "buy", and_link)


@deviant("C1.5", "shop", "The address is kept when a card is declined")
def refused_card_loses_the_address(site: Change) -> None:
    """After a refused card a reload of the checkout has lost the address."""
    site.rule(Addresses, "keep_draft", lambda self, checkout_uid, draft: None)


@deviant("C3.3", "shop", "An unfinished address is kept when the buyer comes back")
def unfinished_address_is_lost_on_the_phone(site: Change) -> None:
    """On the phone an address that is not finished is gone after a reload."""
    site.rule(Addresses, "keep_draft", lambda self, checkout_uid, draft: None)


@deviant(
    "C2.4", "vault", "An invalid value is rejected, and the other values are kept [Security code"
)
def code_may_be_too_short(site: Change) -> None:
    """The vault takes a security code of two figures."""
    site.rule(forms, "parse_security_code", lambda text, network: text)


@deviant(
    "C2.4", "vault", "An invalid value is rejected, and the other values are kept [Card number"
)
def refused_form_loses_the_address(site: Change) -> None:
    """A form that the vault refuses has lost all but the beginning of the billing address."""
    begin = 'value=(form.address.data or "")[:3]'
    site.page("billing.html", "form.address, ", f"form.address, {begin}, ")


@deviant("C2.4", "vault", "An invalid value is rejected, and the other values are kept [Expiry")
def expired_cards_are_taken(site: Change) -> None:
    """The vault takes a card that has expired."""
    site.rule(forms, "parse_expiry", lambda text, today: Expiry(today.year + 1, 1))


@deviant("W1.4", "wallet", "An invalid amount is rejected [1,000.00")
def ambiguous_amounts_are_guessed(site: Change) -> None:
    """A comma in an amount that also has a point is taken for a sign between thousands."""

    def guess(read: Any) -> Any:
        def read_without_commas(text: str, *more: Any) -> Any:
            return read(text.replace(",", "") if "." in text else text, *more)

        return read_without_commas

    site.wrap(catalogue, "parse_amount", guess)


@deviant("C2.4", "vault", "A card number in another field is rejected")
def card_number_is_kept_as_an_address(site: Change) -> None:
    """The vault keeps a card number that was typed as the address."""
    for module in (text_rules, card_number_detection):
        site.rule(module, "refuse_card_number", lambda text, field=None: None)


@deviant("W2.2", "shop", "The shop asks for no wallet number")
def phone_of_somebody_else_is_filled_in(site: Change) -> None:
    """The shop fills in another phone number than the buyer's, so the invoice goes elsewhere."""

    def elsewhere(drafted: Any) -> Any:
        def draft(self: Addresses, customer: Any, checkout_uid: str) -> Any:
            found = drafted(self, customer, checkout_uid)
            last = str((int(found.phone[-1:] or 0) + 1) % 10)
            return replace(found, phone=f"{found.phone[:-1]}{last}")

        return draft

    site.wrap(Addresses, "draft", elsewhere)
