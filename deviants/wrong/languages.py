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


@deviant("C2.2", "vault", "The card management page is in the language that was chosen before")
def heading_of_the_cards_stays_english(site: Change) -> None:
    """The heading of the card management page is in English in every language."""
    site.page("cards.html", '<h1>{{ _("Bank cards") }}', "<h1>Bank cards")


@deviant("C2.2", "vault", "The language can be switched on the card management page")
def add_card_stays_english(site: Change) -> None:
    """The button Add card is in English in every language."""
    site.page("cards.html", '<button>{{ _("Add card") }}', "<button>Add card")


@deviant("C2.2", "vault", "The card management page is in the language that was chosen before")
def only_the_first_state_is_translated(site: Change) -> None:
    """The states of all cards but the first are in English in every language."""
    state = "{{ show.state(card) }}"
    in_english = '<span class="state waiting">Being checked</span>'
    translated = f"{{% if loop.first %}}{state}{{% else %}}{in_english}{{% endif %}}"
    site.page("cards.html", state, translated)


@deviant("C2.2", "vault", "The message about the cent is in the language that was chosen")
def russian_message_tells_of_a_week(site: Change) -> None:
    """In Russian the message says that the cent is held for a week."""
    end = "card=show.name(card)) }}</p>\n  {% endif %}"
    a_week = '(card=show.name(card)) | replace("на день или меньше", "на неделю") }}</p>'
    site.page("cards.html", end, f"{a_week.removeprefix('(')}\n  {{% endif %}}")


@deviant("C3.1", "shop", "A phone in another language names the cart in that language")
def cart_on_the_phone_stays_english(site: Change) -> None:
    """The phone's menu has Cart in English in every language."""
    site.page("mobile/layout.html", '_("Cart"), "basket"', '"Cart", "basket"')


@deviant("W1.3", "wallet", "In other languages, a category shows as many logos [Arabic")
def other_languages_have_fewer_logos(site: Change) -> None:
    """In other languages than English only the first payee of a group has a logo."""
    logo = '<img src="{{ url_for(\'pay.logo\', slug=payee.slug) }}" alt="">'
    shown = '{% if locale().language == "en" or loop.first %}'
    site.page("category.html", logo, f"{shown}{logo}{{% endif %}}")
