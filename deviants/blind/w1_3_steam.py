"""W1.3: the tile with the logo and the caption Steam opens the form of that merchant."""

from __future__ import annotations

from typing import Any

from flask import session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.wallet.domain import catalogue
from mock_sites.wallet.domain.payments import Payments

ITS_LOGO = "url_for('pay.logo', slug=payee.slug)"
ITS_FORM = "url_for('pay.payee', slug=payee.slug)"
CAPTION = "{{ _(payee.name) }}</a>"


@deviant("W1.3", "wallet")
def steam_has_the_logo_of_another_game(site: Change) -> None:
    """The tile with the caption Steam carries the logo of Tank Arena."""
    other = "('tank-arena' if payee.slug == 'steam' else payee.slug)"
    site.page("category.html", ITS_LOGO, f"url_for('pay.logo', slug={other})")


@deviant("W1.3", "wallet")
def all_games_share_a_logo(site: Change) -> None:
    """All tiles carry the same logo."""
    site.page("category.html", ITS_LOGO, "url_for('pay.logo', slug='steam')")


@deviant("W1.3", "wallet")
def logo_of_steam_is_an_empty_picture(site: Change) -> None:
    """The logo of Steam is a picture with nothing in it."""

    def empty(old: Any) -> Any:
        def logo(slug: str) -> Any:
            answer = old(slug)
            if slug == "steam":
                answer.data = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"/>'
            return answer

        return logo

    site.route("pay.logo", empty)


@deviant("W1.3", "wallet")
def logo_of_steam_cannot_be_found(site: Change) -> None:
    """The address of Steam's logo answers that there is no such page."""

    def missing(old: Any) -> Any:
        return lambda slug: ("", 404) if slug == "steam" else old(slug)

    site.route("pay.logo", missing)


@deviant("W1.3", "wallet")
def steam_opens_the_form_of_the_next_game(site: Change) -> None:
    """The tile Steam opens the form of Dragon Realm."""
    other = "('dragon-realm' if payee.slug == 'steam' else payee.slug)"
    site.page("category.html", ITS_FORM, f"url_for('pay.payee', slug={other})")


@deviant("W1.3", "wallet")
def form_of_steam_pays_the_next_game(site: Change) -> None:
    """The form is Steam's, and the payment that comes of it is for Tank Arena."""

    def to_another(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, payee: Any, account: str, money: Any) -> Any:
            chosen = catalogue.payee("tank-arena") if payee.slug == "steam" else payee
            return old(self, buyer, chosen, account, money)

        return enter

    site.wrap(Payments, "enter", to_another)


@deviant("W1.3", "wallet")
def form_opened_first_is_shown_again(site: Change) -> None:
    """Whichever tile is opened second, the form of the first one is shown again."""

    def first(old: Any) -> Any:
        return lambda slug: old(session.setdefault("payee", slug))

    site.route("pay.payee", first)


@deviant("W1.3", "wallet")
def captions_are_in_capitals(site: Change) -> None:
    """The caption of the tile is STEAM."""
    site.page("category.html", CAPTION, "{{ _(payee.name) | upper }}</a>")


@deviant("W1.3", "wallet")
def russian_tiles_have_no_logos(site: Change) -> None:
    """On the Russian page the tiles carry no logo."""
    picture = f'<img src="{{{{ {ITS_LOGO} }}}}" alt="">'
    site.page(
        "category.html", picture, f"{{% if locale().language != 'ru' %}}{picture}{{% endif %}}"
    )
