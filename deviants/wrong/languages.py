"""Languages: a switch that does nothing, words in another language, the wrong direction."""

from __future__ import annotations

from babel.support import NullTranslations

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web import languages

DIRECTION = 'dir="{{ locale().text_direction }}"'


@deviant("C2.2", "vault", "The page can be switched to Russian")
def switch_leads_to_english(site: Change) -> None:
    """Every language of the switch is English."""
    site.page("languages.html", "address_in(language)", 'address_in("en")')


@deviant("C2.2", "vault", "The page can be switched to Russian")
def russian_in_name_only(site: Change) -> None:
    """The page calls itself Russian and goes on in English."""
    site.rule(languages, "catalogue", lambda language: NullTranslations())


@deviant("C2.2", "vault", "The page can be switched to Russian")
def russian_from_right_to_left(site: Change) -> None:
    """The Russian page reads from right to left."""
    site.page("layout.html", DIRECTION, "dir=\"{{ 'rtl' if locale().language == 'ru' }}\"")


@deviant("C2.2", "vault", "The page can be switched to Arabic")
def arabic_from_left_to_right(site: Change) -> None:
    """The Arabic page reads from left to right."""
    site.page("layout.html", DIRECTION, 'dir="ltr"')


@deviant("C2.1", "shop", "The shop shows a notice before it opens the vault")
def wrong_word_for_account(site: Change) -> None:
    """The way to the vault has Score a goal, a slip of a translator, where Account belongs."""
    site.page(
        "profile.html", '{{ pgettext("payment system", "Account") }}', '{{ _("Score a goal") }}'
    )
