"""Sessions that end in the middle: what was sent counts all the same, or the way back is lost."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web import sign_in


def _let_strangers_send(site: Change, place: str) -> None:
    """Take a form without a session, as from the buyer who signed in last.

    ``place`` is a blueprint or an endpoint.
    """
    last: dict[str, Any] = {}

    def remember(login: Any) -> Any:
        def login_and_remember(user: Any) -> Any:
            last[current_app.name] = user
            return login(user)

        return login_and_remember

    def pretend(is_signed_in: Any) -> Any:
        def is_anybody_signed_in() -> bool:
            here = place in (request.blueprint, request.endpoint)
            if here and request.method == "POST" and not is_signed_in():
                g._login_user = last[current_app.name]
            return bool(is_signed_in())

        return is_anybody_signed_in

    site.wrap(sign_in, "login_user", remember)
    site.wrap(sign_in, "is_signed_in", pretend)
    # The key of the form went with the session.
    site.rule(CSRFProtect, "protect", lambda self, **_: setattr(g, "csrf_valid", True))


@deviant("W2.2", "shop", "If the session has ended, nothing is ordered")
def order_needs_no_session(site: Change) -> None:
    """An order is taken although the session of its buyer has ended."""
    _let_strangers_send(site, "checkout")


@deviant("W2.2", "shop", "If the session has ended, nothing is ordered")
def checkout_is_not_found_again(site: Change) -> None:
    """Signing in again does not lead back to the checkout."""
    site.rule(sign_in, "safe_redirect_path", lambda address: None)


@deviant("C1.5", "shop", "Signing in again restores the address")
def address_is_lost_at_sign_in(site: Change) -> None:
    """Signing in again loses what was typed at the checkout."""
    site.rule(sign_in, "remember_form", lambda: None)


@deviant("C1.1", "shop", "A product added before signing in is in the cart")
def product_is_lost_at_sign_in(site: Change) -> None:
    """A product that is put into the cart before signing in is lost."""
    site.rule(sign_in, "remember_form", lambda: None)


@deviant("C1.7", "shop", "If the session has ended, nothing is linked or ordered")
def card_needs_no_session(site: Change) -> None:
    """A card is linked at the checkout although the session has ended."""
    _let_strangers_send(site, "checkout")


@deviant("C3.5", "shop", "If the session has ended, nothing is linked")
def card_needs_no_session_on_the_phone(site: Change) -> None:
    """A card is linked on the phone although the session has ended."""
    _let_strangers_send(site, "mobile")


@deviant("C2.4", "vault", "If the session has ended, no card is linked")
def card_needs_no_session_in_the_vault(site: Change) -> None:
    """The vault links a card although the session of its buyer has ended."""
    _let_strangers_send(site, "cards.add")


@deviant("W1.1", "wallet", "After the buyer has signed out, the categories ask for a sign-in")
def signing_out_ends_nothing(site: Change) -> None:
    """Sign out opens the sign-in page, and the session goes on."""
    site.route("sign_in.sign_out", lambda _page: lambda: redirect(url_for("sign_in.sign_in"), 303))


@deviant(
    "C2.1",
    "vault",
    "A buyer who is signed in to the vault need not sign in after leaving the shop",
)
def vault_forgets_who_comes_from_the_shop(site: Change) -> None:
    """A buyer who is signed in to the vault and comes from the shop has to sign in again."""
    site.app(lambda app: app.config.update(SESSION_COOKIE_SAMESITE="Strict"))
