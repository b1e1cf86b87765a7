"""Pages of the vault that show too little, too much, or something about another card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template, request, session
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.refusal import NotFound
from mock_sites.shared.web import sign_in
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.routes import current_vault
from mock_sites.vault.store import CardRow, CardState

CHECKING = 'in cards if card.state == "CHECKING" %}'
EACH_CARD = "{% for card in cards %}\n  <tr>"
MARK = '{% if card.main %}<span class="state good"'
NO_CARD_FOR_VISITORS = "The vault shows no card to a visitor who is not signed in"
ON_ANOTHER_DEVICE = "The main card is the same on another device"


@deviant("C2.2", "vault", "Signing in to the vault directly leads to the cards")
def add_card_is_hidden_in_the_vault(site: Change) -> None:
    """The management of cards has Add card, but hides it."""
    site.page("cards.html", '<button>{{ _("Add card") }}', '<button hidden>{{ _("Add card") }}')


@deviant("C2.2", "vault", "The language can be switched on the card management page")
def other_languages_list_one_card(site: Change) -> None:
    """In another language than English the vault lists one card only."""
    some = '{% for card in (cards if locale().language == "en" else cards[:1]) %}\n  <tr>'
    site.page("cards.html", EACH_CARD, some)


@deviant("C2.3", "vault", "The vault asks before it deletes a card")
def card_cannot_be_kept(site: Change) -> None:
    """The vault asks whether to delete a card, and its Keep is hidden."""
    site.page("delete_cards.html", '<a class="button second"', '<a class="button second" hidden')


def _as_chosen_here(make_main: Any) -> Any:
    def make_and_remember(token: str) -> Any:
        session["main"] = token
        return make_main(token)

    return make_and_remember


@deviant("C2.3", "vault", ON_ANOTHER_DEVICE)
def main_card_is_marked_where_it_was_chosen(site: Change) -> None:
    """The main card is marked only on the device on which it was chosen."""
    site.route("cards.make_main", _as_chosen_here)
    site.page("cards.html", MARK, f'{MARK}{{% if not session.get("main") %}} hidden{{% endif %}}')


@deviant("C2.3", "vault", ON_ANOTHER_DEVICE)
def newest_card_is_marked_too(site: Change) -> None:
    """On a device on which no main card was chosen, the newest card is marked beside it."""
    site.route("cards.make_main", _as_chosen_here)
    also = MARK.replace("card.main", "card.main or (loop.first and not session.get('main'))")
    site.page("cards.html", MARK, also)


@deviant("C2.3", "vault", "Another buyer cannot open the form that edits a card")
def address_of_a_card_lists_those_of_its_owner(site: Change) -> None:
    """The address of another's card leads to the list of its owner's cards."""

    def of_owner(edit: Any) -> Any:
        def edit_own(token: str) -> Any:
            owner = current_vault.cards.owner(token)
            if owner == signed_in_person().phone:
                return edit(token)
            return render_template("cards.html", cards=current_vault.cards.shown_to(owner))

        return edit_own

    site.route("cards.edit", of_owner)


@deviant("C2.3", "vault", "Another buyer cannot open the form that edits a card")
def cards_can_be_edited_by_anybody(site: Change) -> None:
    """Whoever knows the address of a card can open the form that edits it."""

    def of_anybody(self: Cards, phone: str, token: str) -> CardRow:
        with self.upkeep.reading() as reading:
            card = reading.scalar(select(CardRow).where(CardRow.token == token))
        if card is None or card.state == CardState.DELETED:
            raise NotFound(token)
        return card

    site.rule(Cards, "get", of_anybody)


@deviant("C2.1", "vault", NO_CARD_FOR_VISITORS)
def list_of_cards_is_open_to_visitors(site: Change) -> None:
    """The list of cards does not ask who is there."""
    site.wrap(
        sign_in, "is_signed_in", lambda is_it: lambda: request.endpoint == "cards.index" or is_it()
    )


@deviant("C2.1", "vault", NO_CARD_FOR_VISITORS)
def sign_in_page_names_cards(site: Change) -> None:
    """The page that asks to sign in names the cards of everybody."""
    site.app(lambda app: app.add_template_global(_everybodys_cards, "everybodys_cards"))
    heading = '<h1>{{ _("Sign in") }}</h1>'
    names = "{% for card in everybodys_cards() %}<li>{{ card.brand }} {{ card.masked_number }}</li>"
    site.page("sign_in.html", heading, f"{heading}<ul>{names}{{% endfor %}}</ul>")


def _everybodys_cards() -> list[CardRow]:
    with current_vault.upkeep.reading() as reading:
        return list(reading.scalars(select(CardRow)))


@deviant("C2.4", "vault", "The form for a second card is empty")
def form_remembers_the_last_number(site: Change) -> None:
    """The form for a card has the last digits of the card that was linked before."""
    site.app(lambda app: app.add_template_global(_last_digits, "last_digits"))
    number = 'value="", inputmode="numeric", autocomplete="cc-number"'
    site.page("new_card.html", number, number.replace('""', "last_digits()"))


def _last_digits() -> str:
    cards = current_vault.cards.of(signed_in_person().phone)
    return cards[0].last_four if cards else ""


@deviant("C2.5", "vault", "A message says that one cent is held for a day or less")
def message_writes_ten_cents(site: Change) -> None:
    """The message tells of one cent, and writes ten of them in digits."""
    site.page("cards.html", "kopek=card.hold.money | money", "kopek='0.10 RUB'")


@deviant("C2.5", "vault", "The message names the amount that is held")
def message_names_no_cent(site: Change) -> None:
    """Of a Visa card the message does not say that a cent is held."""
    site.page("cards.html", CHECKING, CHECKING.replace(" %}", ' and card.brand != "Visa" %}'))


@deviant("C2.5", "vault", "The message names the amount that is held")
def cent_of_a_visa_is_not_held(site: Change) -> None:
    """The vault tells of a cent on a Visa card, and its records have none."""
    from mock_sites.vault.domain import holds

    site.wrap(
        holds,
        "of_person",
        lambda of_person: (
            lambda *person: [one for one in of_person(*person) if one.card.brand != "Visa"]
        ),
    )


@deviant("C2.5", "vault", "After a day the link is final")
def message_stays_when_the_cent_is_back(site: Change) -> None:
    """The message that a cent is held stays when it was returned."""
    asked = "{% elif card.hold.tries %}"
    site.page("cards.html", asked, asked.replace(" %}", ' and card.state == "CHECKING" %}'))
    site.page("cards.html", CHECKING, 'in cards if card.hold.state != "FAILED" %}')


@deviant("C2.5", "vault", "A link is final exactly when its cent is back")
def message_tells_of_one_card(site: Change) -> None:
    """The message tells of the cent of the oldest card only."""
    site.page("cards.html", CHECKING, 'in cards[-1:] if card.state == "CHECKING" %}')


@deviant("C2.5", "vault", "The link is not final before the issuer confirms the return of the cent")
def link_is_final_once_the_cent_was_asked_for(site: Change) -> None:
    """The vault shows a link as final once it has asked for the cent, whatever the issuer says."""
    state = "card_states[card.state]"
    site.page("card_facts.html", state, 'card_states["LINKED" if card.hold.tries else card.state]')


@deviant("C3.5", "vault", "A card linked on the phone is in the vault and on another phone")
def cards_linked_by_a_shop_are_listed_twice(site: Change) -> None:
    """The vault lists a card that was linked in a shop twice."""
    twice = '{% for card in cards + cards | rejectattr("country") | list %}\n  <tr>'
    site.page("cards.html", EACH_CARD, twice)


def _keep_listing(site: Change, keeps: Callable[[list[CardRow], list[CardRow]], object]) -> None:
    """List deleted cards, too, if ``keeps`` says so of those that are left and those deleted."""

    def with_deleted(shown_to: Any) -> Any:
        def shown(self: Cards, phone: str) -> list[CardRow]:
            gone = select(CardRow).where(CardRow.phone == phone, CardRow.state == CardState.DELETED)
            with self.upkeep.reading() as reading:
                deleted = list(reading.scalars(gone))
            left = shown_to(self, phone)
            return [*left, *deleted] if keeps(left, deleted) else left

        return shown

    site.wrap(Cards, "shown_to", with_deleted)
    # The page has no word for the state of such a card.
    site.page("card_facts.html", "card_states[card.state]", "card_states[card.state] | default('')")


@deviant("C2.3", "vault", "If the main card is deleted, another card becomes the main one")
def deleted_cards_stay_in_the_list(site: Change) -> None:
    """The vault goes on listing every card that was deleted."""
    _keep_listing(site, lambda left, deleted: deleted)


@deviant("C2.3", "vault", "Several cards can be deleted at once")
def cards_that_are_deleted_together_stay(site: Change) -> None:
    """The vault goes on listing cards if several were deleted."""
    _keep_listing(site, lambda left, deleted: deleted[1:])


@deviant("C2.3", "vault", "Deleting one card deletes no other card")
def deleted_card_stays_beside_others(site: Change) -> None:
    """The vault goes on listing a card that was deleted while others are left."""
    _keep_listing(site, lambda left, deleted: left)


@deviant("C2.4", "vault", "Two forms that are open at once link a card each")
def vault_names_the_first_card_of_a_brand(site: Change) -> None:
    """The vault names the newest card of a brand for every card of that brand."""
    named = "{{ show.name(card) }}</span>"
    first = '{{ show.name(cards | selectattr("brand", "eq", card.brand) | first) }}</span>'
    site.page("cards.html", named, first)


@deviant("C2.5", "vault", "Until the cent is returned the card is being checked")
def card_is_shown_as_linked_at_once(site: Change) -> None:
    """The list of cards shows a card as linked while it is being checked."""
    site.page("card_facts.html", "card_states[card.state]", 'card_states["LINKED"]')


@deviant("C2.5", "vault", "A message says that one cent is held for a day or less")
def message_does_not_say_how_long(site: Change) -> None:
    """The message tells of the cent, and not how long it is held."""
    site.page("cards.html", " to check it, for one day or less. Then", " to check it. Then")


@deviant("C2.4", "vault", "An invalid value is rejected, and the other values are kept")
def refused_form_cuts_the_address(site: Change) -> None:
    """A refused form keeps only the beginning of the address."""
    address = "{{ forms.row(form.address, "
    site.page("billing.html", address, f'{address}value=(form.address.typed or "")[:6], ')


@deviant("C2.5", "vault", "After a day the link is final")
def list_keeps_a_final_link_being_checked(site: Change) -> None:
    """The list of cards shows a card as being checked when its cent is back."""
    site.page("card_facts.html", "card_states[card.state]", 'card_states["CHECKING"]')
