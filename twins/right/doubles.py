"""Second controls with a documented label, elsewhere on the page."""

from __future__ import annotations

from dataclasses import replace

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.wallet.domain import catalogue
from mock_sites.wallet.domain.catalogue import Category


@twin("wallet", "W2.3")
def promotion_has_a_view(site: TwinChange) -> None:
    """A promotion above the notice has a View of its own, which opens the history."""
    site.page(
        "home.html",
        "{% if unpaid %}",
        '<section class="card" aria-label="Promotion"><p>Every tenth payment is free of charge.</p>'
        "<a class=\"button\" href=\"{{ url_for('home.history') }}\">{{ _('View') }}</a></section>"
        "{% if unpaid %}",
    )


@twin("wallet", "W1.1", "W1.4", "W2.6")
def wallet_footer_has_a_pay(site: TwinChange) -> None:
    """The footer of every page of the wallet has a second link Pay."""
    site.page(
        "layout.html",
        "<footer>",
        "<footer><a href=\"{{ url_for('pay.index') }}\">{{ _('Pay') }}</a>",
    )


@twin("shop", "C1.2")
def cart_recommends_something_to_buy(site: TwinChange) -> None:
    """Below the products in the cart, recommended ones have a Buy of their own."""
    site.page(
        "cart.html",
        '<form class="till"',
        '<section aria-label="Recommended"><h2>You may also like</h2><p>Tula gingerbread '
        '<a class="button second" href="/products/gingerbread">'
        '{{ _("Buy") }}</a></p></section><form class="till"',
    )


@twin("shop", "C1.1", "C1.7")
def shop_footer_has_a_cart(site: TwinChange) -> None:
    """The footer of every page of the shop has a second link Cart."""
    site.page(
        "layout.html",
        "<footer>",
        "<footer><a href=\"{{ url_for('cart.cart') }}\">{{ _('Cart') }}</a>",
    )


@twin("vault", "C2.3")
def vault_menu_has_add_card(site: TwinChange) -> None:
    """The vault's menu has Add card on every page, beside the button in the list."""
    site.page(
        "vault_layout.html",
        "  </ul>\n</nav>",
        "<li><a href=\"{{ url_for('cards.add') }}\">{{ _('Add card') }}</a></li>\n  </ul>\n</nav>",
    )


@twin("vault", "C2.5")
def vault_form_can_be_saved_from_above(site: TwinChange) -> None:
    """The form of a card has Save above the fields too."""
    site.page(
        "new_card.html",
        "  {{ forms.errors(form, fields) }}\n",
        '  <p><button class="second">{{ _("Save") }}</button></p>\n'
        "  {{ forms.errors(form, fields) }}\n",
    )


@twin("wallet", "W1.3")
def steam_has_a_namesake(site: TwinChange) -> None:
    """A tile "Steam gift cards" stands before the tile of Steam."""

    def with_gifts(category: Category) -> Category:
        groups = {}
        for name, payees in category.groups.items():
            gifts = [
                replace(payee, slug="steam-gift-cards", name="Steam gift cards")
                for payee in payees
                if payee.slug == "steam"
            ]
            groups[name] = gifts + payees
        return replace(category, groups=groups)

    site.wrap(catalogue, "categories", lambda read: lambda: tuple(map(with_gifts, read())))
