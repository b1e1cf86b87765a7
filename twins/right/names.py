"""Accessible names that hold the documented label and more."""

from __future__ import annotations

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin

LABEL = "{{ field.label }}"
STARRED = '{{ field.label(text=field.label.text ~ " *") }}'


@twin("wallet", "W1.4", "W1.6")
def wallet_fields_have_stars(site: TwinChange) -> None:
    """Required fields of the wallet have a star in the label: "Amount *"."""
    site.page("forms.html", LABEL, STARRED)


@twin("shop", "C1.5", "C1.6", "C3.5", "W2.1")
def shop_fields_have_stars(site: TwinChange) -> None:
    """Required fields of the shop have a star in the label: "Card number *"."""
    site.page("forms.html", LABEL, STARRED)


@twin("wallet", "W2.6")
def pay_tells_the_amount(site: TwinChange) -> None:
    """The button that pays an invoice holds the amount: "Pay RUB 1,190.00"."""
    site.page(
        "pay_invoice.html",
        '<button>{{ _("Pay") }}',
        '<button>{{ _("Pay") }} {{ invoice.bill.money | money }}',
    )


@twin("wallet", "W2.4")
def pay_names_the_shop(site: TwinChange) -> None:
    """Pay beside an invoice names the shop for screen readers: "Pay Samovar shop"."""
    site.page(
        "invoices.html",
        '{{ pgettext("invoice", "Pay") }}',
        '{{ pgettext("invoice", "Pay") }}'
        '<span class="visually-hidden"> {{ _(invoice.shop) }}</span>',
    )


@twin("wallet", "W2.3")
def view_counts_the_invoices(site: TwinChange) -> None:
    """The button in the notice counts: "View (2)"."""
    site.page("home.html", '{{ _("View") }}', '{{ _("View") }} ({{ unpaid }})')


@twin("wallet", "W1.3")
def tiles_tell_the_fee(site: TwinChange) -> None:
    """The tile of a payee tells its fee below the caption: "Steam 0 % fee"."""
    site.page(
        "category.html", "{{ _(payee.name) }}</a>", "{{ _(payee.name) }} <small>0 % fee</small></a>"
    )


@twin("wallet", "W1.2", "W1.3")
def categories_count_their_payees(site: TwinChange) -> None:
    """The tile of a category counts its payees: "Entertainment 7"."""
    site.page(
        "categories.html",
        "{{ _(category.name) }}</a>",
        "{{ _(category.name) }} <small>{{ category.payees | length }}</small></a>",
    )


@twin("shop", "C1.1", "C1.7")
def cart_link_counts_the_pieces(site: TwinChange) -> None:
    """The link to the cart holds the number of pieces: "Cart (2)"."""
    counted = '_("Cart") ~ (" (%d)" % pieces if pieces else "")'
    site.page("shop_layout.html", 'entry("cart.cart", _("Cart"))', f'entry("cart.cart", {counted})')


@twin("shop", "C1.4")
def add_card_has_a_plus(site: TwinChange) -> None:
    """The checkout's button is called "+ Add card"."""
    site.page("payment_methods.html", '{{ _("Add card") }}', '+ {{ _("Add card") }}')


@twin("shop", "C1.4", "C1.6")
def card_method_names_the_networks(site: TwinChange) -> None:
    """The method Card names the networks: "Card Visa, Mastercard, Mir"."""
    site.page(
        "payment_methods.html",
        "  {{ words }}\n",
        '  {{ words }}{% if choice == "card" %} <small>Visa, Mastercard, Mir</small>{% endif %}\n',
    )


@twin("shop", "W2.1")
def qiwi_tells_its_fee(site: TwinChange) -> None:
    """The option QIWI Wallet tells the fee behind its name."""
    site.page(
        "payment_methods.html",
        "  {{ words }}\n",
        '  {{ words }}{% if choice == "qiwi-wallet" %} (0 %){% endif %}\n',
    )


@twin("shop", "C3.3")
def mobile_pay_tells_the_amount(site: TwinChange) -> None:
    """The button in the window of the purchase holds the amount: "Pay RUB 1,190.00"."""
    site.page(
        "mobile/sheet.html",
        '<button>{{ _("Pay") }}',
        '<button>{{ _("Pay") }} {{ checkout.total | money }}',
    )


@twin("vault", "C2.3")
def vault_add_card_has_a_plus(site: TwinChange) -> None:
    """The vault's button is called "+ Add card"."""
    site.page("cards.html", '<button>{{ _("Add card") }}', '<button>+ {{ _("Add card") }}')


@twin("vault", "C2.3", "C2.4")
def vault_fields_have_hints_in_the_label(site: TwinChange) -> None:
    """The label of the card number ends with a hint: "Card number (16 digits)"."""
    hint = "{% if field.name == 'card_number' %} (16 digits){% endif %}"
    site.page(
        "forms.html",
        LABEL,
        f'<label for="{{{{ field.id }}}}">{{{{ field.label.text }}}}{hint}</label>',
    )
