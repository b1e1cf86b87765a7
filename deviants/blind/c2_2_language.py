"""C2.2: the vault's page is switched to Russian; the bank-card icon shows the cards."""

from __future__ import annotations

from typing import Any

from flask import request, session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant

ICON = "<li><a href=\"{{ url_for('cards.index') }}\">"
EVERY_LANGUAGE = "{% for language, name in languages.items() %}"
IN_LANGUAGE = 'href="{{ address_in(language) }}"'


def forget_language(site: Change, endpoint: str, condition: Any) -> None:
    """Forget the chosen language at a page, where the condition holds."""

    def forgetting(old: Any) -> Any:
        def page(**parts: Any) -> Any:
            if condition():
                session.pop("language", None)
            return old(**parts)

        return page

    site.route(endpoint, forgetting)


@deviant("C2.2", "vault")
def language_is_forgotten_on_the_way_to_the_cards(site: Change) -> None:
    """The bank-card icon opens the cards in the language that the page had before."""

    def from_home() -> bool:
        return (request.referrer or "").rstrip("/") == request.host_url.rstrip("/")

    forget_language(site, "cards.index", from_home)


@deviant("C2.2", "vault")
def saving_a_card_switches_the_language_back(site: Change) -> None:
    """After a card is saved the page is not in Russian any more."""
    forget_language(site, "cards.add", lambda: request.method == "POST")


@deviant("C2.2", "vault")
def icon_opens_the_form_of_a_new_card(site: Change) -> None:
    """The bank-card icon opens the form of a new card, and not the cards."""
    site.page("home.html", ICON, ICON.replace("cards.index", "cards.add"))


@deviant("C2.2", "vault")
def icon_needs_a_card(site: Change) -> None:
    """The bank-card icon is missing until a card is linked."""
    site.page("home.html", ICON, ICON.replace("<li>", "<li{% if not cards %} hidden{% endif %}>"))


@deviant("C2.2", "vault")
def switching_the_language_leaves_the_page(site: Change) -> None:
    """Switching the language on the page of the cards leads to the home page."""
    site.page("languages.html", IN_LANGUAGE, 'href="/?language={{ language }}"')


@deviant("C2.2", "vault")
def russian_is_not_offered_among_the_cards(site: Change) -> None:
    """The pages of the cards do not offer Russian."""
    hidden = "(language == 'ru' and request.blueprint == 'cards')"
    site.page("languages.html", EVERY_LANGUAGE, f"{EVERY_LANGUAGE[:-3]} if not {hidden} %}}")


@deviant("C2.2", "vault")
def russian_cards_stay_english_in_part(site: Change) -> None:
    """On the Russian page the states of the cards are in English."""
    states = "{{ card_states[card.state] }}"
    site.page("card_facts.html", states, "{{ card.state | capitalize }}")


@deviant("C2.2", "vault")
def russian_page_says_it_is_english(site: Change) -> None:
    """The Russian page is marked as an English one, so it is read out wrongly."""
    site.page("layout.html", 'lang="{{ locale().language }}" dir=', "lang=\"{{ 'en' }}\" dir=")


@deviant("C2.2", "vault")
def russian_is_lost_with_a_new_session(site: Change) -> None:
    """Signing in switches the page back from Russian."""
    forget_language(site, "sign_in.sign_in", lambda: request.method == "POST")
