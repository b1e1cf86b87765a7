"""Tiles and payees' forms: among those of another group, or with a field that takes nothing."""

from __future__ import annotations

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant

ALL_CATEGORIES = "<p><a href=\"{{ url_for('pay.index') }}\">"
OF_A_GROUP = "{% for payee in payees %}"


def _tile(slug: str, name: str) -> str:
    logo = f"<img src=\"{{{{ url_for('pay.logo', slug='{slug}') }}}}\" alt=\"\">"
    return f"<li><a href=\"{{{{ url_for('pay.payee', slug='{slug}') }}}}\">{logo}{name}</a></li>"


@deviant("W1.2", "wallet", "After another category, a category lists its own payees [Fines")
def every_category_has_traffic_fines(site: Change) -> None:
    """Every category has a tile for traffic fines."""
    tiles = f'<ul class="tiles">{_tile("traffic-fines", "Traffic fines")}</ul>'
    site.page("category.html", ALL_CATEGORIES, f"{tiles}{ALL_CATEGORIES}")


@deviant("W1.2", "wallet", "Games and social networks are in separate lists")
def steam_is_a_social_network_too(site: Change) -> None:
    """Steam is among the games, and among the social networks too."""
    too = f'{{% if group == "Social networks" %}}{_tile("steam", "Steam")}{{% endif %}}'
    site.page("category.html", OF_A_GROUP, f"{too}{OF_A_GROUP}")


@deviant("W1.3", "wallet", "The tile opens the payee's form")
def amount_of_steam_cannot_be_changed(site: Change) -> None:
    """The form of Steam has an amount that cannot be changed."""
    amount = 'inputmode="decimal", autocomplete="off"'
    site.page("payee.html", amount, f'{amount}, readonly=(payee.slug == "steam")')


@deviant("W1.1", "wallet", "Pay is in the menu of every page [Invoices")
def menu_of_the_invoices_has_no_pay(site: Change) -> None:
    """The menu beside the list of invoices has no Pay."""
    entries = '("home.history", _("History"))]'
    elsewhere = ' if not (endpoint == "pay.index" and request.endpoint == "invoices.index")'
    site.page("wallet_layout.html", entries, f"{entries}{elsewhere}")


@deviant("W1.3", "wallet", "In other languages, a category shows as many logos [Arabic")
def no_category_has_payees(site: Change) -> None:
    """Every category is empty, in every language."""
    site.page("category.html", "in category.groups.items()", "in []")
