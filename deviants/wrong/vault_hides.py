"""The vault hides what a buyer needs: it is in the page, but not shown."""

from __future__ import annotations

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant


@deviant("C2.1", "vault", "A buyer who comes from the shop without a session signs in")
def way_to_the_cards_is_hidden(site: Change) -> None:
    """The home page of the vault has the way to the cards, but hides it."""
    site.page("home.html", "<li><a", "<li hidden><a")


@deviant("C2.1", "vault", "The vault shows no card to a visitor who is not signed in")
def sign_in_form_is_hidden(site: Change) -> None:
    """The vault shows a visitor no card, and hides the form to sign in."""
    form = '<form class="card narrow" method="post"'
    site.page("sign_in.html", form, f"{form} hidden")


@deviant("C2.2", "vault", "A card is linked in the vault on the phone under circumstances")
def switch_of_languages_is_hidden(site: Change) -> None:
    """The pages of the vault have a switch of languages, but hide it."""
    site.page("languages.html", '<nav class="languages"', '<nav hidden class="languages"')


@deviant("C2.3", "vault", "If the main card is deleted, another card becomes the main one")
def only_card_hides_that_it_is_the_main_one(site: Change) -> None:
    """If there is one card only, the vault hides that it is the main one."""
    mark = '{% if card.main %}<span class="state good"'
    site.page("cards.html", mark, f"{mark}{{% if not cards[1:] %}} hidden{{% endif %}}")


@deviant("C2.5", "vault", "A declined card is not linked")
def refusals_of_cards_are_hidden(site: Change) -> None:
    """The vault's form has the reason why a card was declined, but hides it."""
    errors = "{{ forms.errors(form, fields) }}"
    site.page("new_card.html", errors, f"<div hidden>{errors}</div>")
