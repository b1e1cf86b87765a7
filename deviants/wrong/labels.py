"""Wrong labels: what the buyer is told to press, or to look for, is called something else."""

from __future__ import annotations

import mock_sites.wallet
from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop import wording
from mock_sites.wallet.wording import PAYMENT_METHODS


@deviant("W1.1", "wallet", "The menu has Pay")
def menu_says_transfer(site: Change) -> None:
    """The menu has Transfer where the document has Pay."""
    site.page("wallet_layout.html", '("pay.index", _("Pay"))', '("pay.index", _("Transfer"))')


@deviant("W1.5", "wallet", "Confirm sends a code and moves no money")
def check_page_says_continue(site: Change) -> None:
    """The check page has Continue where the document has Confirm."""
    site.page("check.html", '<button>{{ _("Confirm") }}', '<button>{{ _("Continue") }}')


@deviant("W1.6", "wallet", "Confirm can be pressed only after a code is entered")
def code_page_says_send(site: Change) -> None:
    """The code page has Send where the document has Confirm."""
    site.page("code.html", '"code">{{ _("Confirm") }}', '"code">{{ _("Send") }}')


@deviant("W2.1", "shop", "The wallet is one of several online options")
def wallet_has_another_name(site: Change) -> None:
    """The shop offers an electronic wallet, not QIWI Wallet."""
    options = {**wording.ONLINE_OPTIONS, "qiwi-wallet": "Electronic wallet"}
    site.rule(wording, "ONLINE_OPTIONS", options)


@deviant("W2.3", "wallet", "View opens the list of invoices")
def notice_says_show(site: Change) -> None:
    """The notice of unpaid invoices has Show where the document has View."""
    site.page("home.html", '{{ _("View") }}', '{{ _("Show") }}')


@deviant("W2.5", "wallet", "The wallet's balance is a payment method")
def balance_has_another_name(site: Change) -> None:
    """The payment method is called Wallet balance, not Visa QIWI Wallet."""
    site.rule(mock_sites.wallet, "PAYMENT_METHODS", {**PAYMENT_METHODS, "qw": "Wallet balance"})


@deviant("W2.6", "wallet", "The right code pays for the order")
def invoice_says_continue(site: Change) -> None:
    """The page that pays an invoice has Continue where the document has Pay."""
    site.page("pay_invoice.html", '<button>{{ _("Pay") }}', '<button>{{ _("Continue") }}')


@deviant("C1.1", "shop", "An empty cart says so and has no Buy button")
def menu_says_basket(site: Change) -> None:
    """The shop's menu has Basket where the document has Cart."""
    site.page("shop_layout.html", '"cart.cart", _("Cart")', '"cart.cart", _("Basket")')


@deviant("C1.2", "shop", "Without a ticked product the shop asks to tick one")
def cart_says_order(site: Change) -> None:
    """The cart has Order where the document has Buy."""
    site.page("cart.html", '<button>{{ _("Buy") }}', '<button>{{ _("Order") }}')


@deviant("C1.3", "shop", "The payment block is open if no card is linked")
def block_is_called_payment(site: Change) -> None:
    """The block is called Payment, not Payment methods."""
    site.page("payment_methods.html", '{{ _("Payment methods") }}', '{{ _("Payment") }}')


@deviant("C1.4", "shop", "Add card shows the form with four fields")
def checkout_says_another_card(site: Change) -> None:
    """The checkout has Another card where the document has Add card."""
    site.page("payment_methods.html", '{{ _("Add card") }}', '{{ _("Another card") }}')


@deviant("C1.5", "shop", "A saved card is linked")
def tick_says_remember(site: Change) -> None:
    """The tick is called Remember, not Save card."""
    site.page("payment_methods.html", "{{ card_form.save_card.label.text }}", "{{ _('Remember') }}")


@deviant("C1.6", "shop", "Card is chosen and the form is open, without Add card")
def method_is_called_plastic(site: Change) -> None:
    """The method is called Plastic, not Card."""
    site.rule(wording, "PAYMENTS", {**wording.PAYMENTS, "card": "Plastic"})


@deviant("C2.1", "shop", "The shop shows a notice before it opens the vault")
def vault_is_called_payments(site: Change) -> None:
    """The way to the vault stands below Payments, not below My Alipay."""
    site.page("profile.html", '{{ _("My Alipay") }}', '{{ _("Payments") }}')


@deviant("C2.3", "vault", "The vault asks before it deletes a card")
def vault_says_new_card(site: Change) -> None:
    """The management of cards has New card where the document has Add card."""
    site.page("cards.html", '<button>{{ _("Add card") }}', '<button>{{ _("New card") }}')


@deviant("C2.5", "vault", "A message says that one cent is held for a day or less")
def vault_says_submit(site: Change) -> None:
    """The vault's form has Submit where the document has Save."""
    site.page("new_card.html", '<button>{{ _("Save") }}', '<button>{{ _("Submit") }}')


@deviant("C3.2", "shop", "Without a ticked product the window does not open")
def cart_on_the_phone_says_order(site: Change) -> None:
    """The cart on the phone has Order where the document has Pay."""
    site.page("mobile/cart.html", '<button>{{ _("Pay") }}', '<button>{{ _("Order") }}')


@deviant("C3.4", "shop", "Without a linked card Add new card comes first")
def list_says_another_card(site: Change) -> None:
    """The list of cards has Another card where the document has Add new card."""
    site.page("mobile/payment.html", '{{ _("Add new card") }}', '{{ _("Another card") }}')


@deviant("C3.5", "shop", "A saved card is linked")
def form_on_the_phone_says_send(site: Change) -> None:
    """The form on the phone has Send where the document has Done."""
    site.page("mobile/card.html", '<button>{{ _("Done") }}', '<button>{{ _("Send") }}')
