"""C2.1: My profile, My Alipay, Account, and the notice before the vault's site."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, request

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import in_language, is_ascii_typed, on_the_phone, seen_before
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.forms import TextField

ALIPAY = '<aside class="card" aria-labelledby="alipay">'
STAY = "href=\"{{ url_for('profile.profile') }}\""


def without_warning(site: Change, condition: Any) -> None:
    """Send the buyer on to the vault without a notice, where the condition holds."""

    def straight(old: Any) -> Any:
        def leaving() -> Any:
            return redirect(current_app.config["VAULT_URL"] + "/") if condition() else old()

        return leaving

    site.route("profile.leaving", straight)


@deviant("C2.1", "shop")
def warning_comes_only_once(site: Change) -> None:
    """The notice of leaving is shown once; the second time Account opens the vault at once."""
    without_warning(site, lambda: seen_before("warned"))


@deviant("C2.1", "shop")
def arabic_shop_does_not_warn(site: Change) -> None:
    """In Arabic Account opens the vault without a notice."""
    without_warning(site, lambda: in_language("ar"))


@deviant("C2.1", "shop")
def phone_does_not_warn(site: Change) -> None:
    """On a phone Account opens the vault without a notice."""
    without_warning(site, on_the_phone)


@deviant("C2.1", "shop")
def stay_leaves_too(site: Change) -> None:
    """The button that stays in the shop opens the vault."""
    site.page("leaving.html", STAY, 'href="{{ vault_url }}/"')


@deviant("C2.1", "shop")
def my_alipay_needs_a_card(site: Change) -> None:
    """My Alipay is in the profile only once a card is linked."""
    site.page("profile.html", ALIPAY, ALIPAY[:-1] + "{% if not cards %} hidden{% endif %}>")


@deviant("C2.1", "shop")
def my_alipay_vanishes_with_a_card(site: Change) -> None:
    """My Alipay is gone from the profile once a card is linked."""
    site.page("profile.html", ALIPAY, ALIPAY[:-1] + "{% if cards %} hidden{% endif %}>")


@deviant("C2.1", "shop")
def link_beside_an_expired_card_skips_the_warning(site: Change) -> None:
    """The link that manages expired cards opens the vault without a notice."""
    link = "{{ url_for('profile.leaving') }}"
    site.page("card_words.html", link, "{{ config.VAULT_URL }}/")


@deviant("C2.1", "vault")
def phone_in_arabic_digits_cannot_sign_in(site: Change) -> None:
    """At the vault nobody can sign in with a phone number in Arabic digits."""

    def ascii_only(old: Any) -> Any:
        def refuse(text: str) -> None:
            old(text)
            here = current_app.name == "mock_sites.vault" and request.path == "/sign-in"
            if here and not is_ascii_typed(text):
                raise Refusal("phone.wrong", "phone")

        return staticmethod(refuse)

    site.wrap(TextField, "refuse", ascii_only)


@deviant("C2.1", "shop")
def continue_opens_the_shop_again(site: Change) -> None:
    """Continue in the notice goes back to the shop the second time it is pressed."""

    def counting(old: Any) -> Any:
        def leaving() -> Any:
            page = str(old())
            vault = f'href="{current_app.config["VAULT_URL"]}/"'
            return page.replace(vault, 'href="/profile"') if seen_before("left") else page

        return leaving

    site.route("profile.leaving", counting)
