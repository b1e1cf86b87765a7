"""Deviants that the suite does not catch as it should, for test_deviants_run.py."""

from __future__ import annotations

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant


@deviant("W1.1", "wallet", "The menu has Pay")
def nobody_notices(site: Change) -> None:
    """The menu has another order, which no document asks for: nothing is wrong."""
    history = '("home.history", _("History"))'
    site.page("wallet_layout.html", f", {history}]", "]")
    site.page("wallet_layout.html", '[("home.index"', f'[{history}, ("home.index"')


@deviant("W1.2", "wallet", "A game account is topped up, from start to finish")
def known_by_another_mark(site: Change) -> None:
    """The menu has no Pay, so that the walk does not come as far as the category."""
    site.page("wallet_layout.html", '_("Pay")', '_("Transfer")')


@deviant("W1.1", "wallet", "A wrong password is rejected")
def breaks_before_its_clause(site: Change) -> None:
    """Nobody finds the button that signs in."""
    site.page("sign_in.html", '<button>{{ _("Sign in") }}', '<button>{{ _("Enter") }}')
