"""C2: linking a card through the vault."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from flask import current_app, g, has_request_context, redirect, session
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.clients.vault import VaultClient
from mock_sites.shop.domain.cards import Cards as CardsOfShop
from mock_sites.shop.routes import checkout, current_shop, mobile
from mock_sites.vault.domain import holds
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.routes import current_vault
from mock_sites.vault.routes.forms import EditForm, NewCardForm
from mock_sites.vault.store import CardRow, CardState

MONTH = timedelta(days=30)


@deviant("C2.1", "shop")
def link_beside_an_expired_card_leaves_without_warning(site: Change) -> None:
    """The link beside an expired card goes to the vault at once, past the notice."""
    notice = "{{ url_for('profile.leaving') }}"
    site.page("card_words.html", notice, "{{ config.VAULT_URL }}/")


@deviant("C2.1", "shop")
def account_leaves_without_warning_after_staying(site: Change) -> None:
    """Who turned back at the notice is sent to the vault without one the next time."""

    def turning_back(old: Any) -> Any:
        def profile() -> Any:
            session["turned_back"] = session.get("saw_notice", False)
            return old()

        return profile

    def leaving(old: Any) -> Any:
        def notice() -> Any:
            if session.get("turned_back"):
                return redirect(f"{current_app.config['VAULT_URL']}/", 303)
            session["saw_notice"] = True
            return old()

        return notice

    site.route("profile.profile", turning_back)
    site.route("profile.leaving", leaving)


@deviant("C2.2", "vault")
def russian_is_not_offered_to_an_arabic_browser(site: Change) -> None:
    """A browser that asks for Arabic is offered Arabic and English only."""
    each = "{% for language, name in languages.items() %}"
    arabic = 'request.accept_languages.best_match(["en", "ru", "ar"]) == "ar"'
    site.page("languages.html", each, f'{each[:-3]} if language != "ru" or not {arabic} %}}')


@deviant("C2.2", "vault")
def icon_opens_the_only_card(site: Change) -> None:
    """With one card the bank-card icon opens that card, not the page of all cards."""
    only = "url_for('cards.edit', token=cards[0].token) if cards | length == 1 else"
    page = "url_for('cards.index')"
    site.page("home.html", f"{{{{ {page} }}}}", f"{{{{ {only} {page} }}}}")


@deviant("C2.3", "vault")
def main_card_stays_when_several_are_deleted(site: Change) -> None:
    """Of several cards chosen to be deleted the main one stays."""

    def sparing(old: Any) -> Any:
        def delete(self: Cards, phone: str, tokens: Collection[str]) -> None:
            main = {card.token for card in self.of(phone) if card.main}
            several = len(set(tokens)) > 1
            old(self, phone, [one for one in tokens if not (several and one in main)])

        return delete

    site.wrap(Cards, "delete", sparing)


@deviant("C2.3", "shop")
def checkout_selects_the_card_paid_with_last(site: Change) -> None:
    """The checkout selects the card that paid last, whichever was made the main one since."""

    def last_used(cards: Any) -> str | None:
        for order in current_shop.orders.of_customer(signed_in_person().id):
            if order.card_payment is not None:
                paid = (order.card_payment.brand, order.card_payment.last_four)
                found = [one.token for one in cards if (one.brand, one.last_four) == paid]
                return found[0] if found else None
        return None

    def remembering(old: Any) -> Any:
        def offered(cards: Any, wanted: str | None) -> Any:
            return old(cards, wanted or last_used(cards))

        return offered

    site.wrap(checkout, "offered", remembering)
    site.wrap(mobile, "offered", remembering)


@deviant("C2.4", "vault")
def deleted_card_comes_back_without_its_code(site: Change) -> None:
    """A card that was deleted is taken again with its security code left empty."""

    def was_known(number: str) -> bool:
        own = select(CardRow).where(
            CardRow.phone == signed_in_person().phone,
            CardRow.first_six == number[:6],
            CardRow.last_four == number[-4:],
            CardRow.state == CardState.DELETED,
        )
        with current_vault.upkeep.transaction() as rows:
            return rows.scalars(own).first() is not None

    def trusting(old: Any) -> Any:
        def init(self: NewCardForm, *args: Any, **kwargs: Any) -> None:
            old(self, *args, **kwargs)
            strict: Any = self.security_code.rule

            def rule(text: str) -> Any:
                if not text.strip() and was_known(self.card_number.data or ""):
                    return "000"
                return strict(text)

            self.security_code.rule = rule

        return init

    site.wrap(NewCardForm, "__init__", trusting)


@deviant("C2.4", "vault")
def postal_code_with_letters_is_refused(site: Change) -> None:
    """The postal code of a country that has letters in it cannot be entered."""

    def digits_only(old: Any) -> Any:
        def init(self: EditForm, *args: Any, **kwargs: Any) -> None:
            old(self, *args, **kwargs)
            usual: Any = self.postal_code.rule

            def rule(text: str) -> Any:
                if any(one.isalpha() for one in text):
                    raise Refusal("postal_code.wrong", "postal_code")
                return usual(text)

            self.postal_code.rule = rule

        return init

    site.wrap(EditForm, "__init__", digits_only)


@deviant("C2.5", "vault")
def held_cent_is_told_of_the_main_card_only(site: Change) -> None:
    """A second card is added without a word of the cent that is held on it."""
    checked = '{% for card in cards if card.state == "CHECKING" %}'
    site.page("cards.html", checked, checked[:-3] + " and card.main %}")


@deviant("C2.5", "vault")
def card_added_again_keeps_its_cent_for_a_month(site: Change) -> None:
    """On a card that was deleted and added again the cent is held for a month."""

    def holding(old: Any) -> Any:
        def place(rows: Any, card: CardRow, currency: str, now: Any) -> Any:
            hold = old(rows, card, currency, now)
            before = select(CardRow).where(
                CardRow.phone == card.phone,
                CardRow.first_six == card.first_six,
                CardRow.last_four == card.last_four,
                CardRow.state == CardState.DELETED,
            )
            if rows.scalars(before).first() is not None:
                hold.due_at = now + MONTH
                rows.flush()
            return hold

        return place

    site.wrap(holds, "place", holding)


@deviant("C2.6", "shop")
def mir_card_of_the_vault_does_not_appear(site: Change) -> None:
    """A Mir card that was linked in the vault does not appear in the shop."""
    linked: set[str | None] = set()

    def noting(old: Any) -> Any:
        def link(self: CardsOfShop, customer: Any, request_id: str, card: Any) -> Any:
            token = old(self, customer, request_id, card)
            linked.add(token)
            return token

        return link

    def hiding(old: Any) -> Any:
        def cards(self: VaultClient, phone: str) -> Any:
            listed = old(self, phone)
            return [one for one in listed if one.brand != "Mir" or one.token in linked]

        return cards

    site.wrap(CardsOfShop, "link", noting)
    site.wrap(VaultClient, "cards", hiding)


@deviant("C2.6", "shop")
def open_checkout_does_not_learn_of_a_new_card(site: Change) -> None:
    """A card linked in the vault meanwhile does not appear at a checkout that is open."""

    def freezing(old: Any) -> Any:
        def show(uid: str) -> Any:
            key = f"cards at {uid}"
            g.cards_at_first = session.get(key)
            answer = old(uid)
            if key not in session and isinstance(answer, str):
                known = current_shop.cards.known(signed_in_person().id)
                session[key] = [card.token for card in known]
            return answer

        return show

    def thawing(old: Any) -> Any:
        def send(uid: str) -> Any:
            session.pop(f"cards at {uid}", None)
            return old(uid)

        return send

    def knowing(old: Any) -> Any:
        def known(self: CardsOfShop, customer_id: int) -> Any:
            at_first = g.get("cards_at_first") if has_request_context() else None
            cards = old(self, customer_id)
            return cards if at_first is None else [one for one in cards if one.token in at_first]

        return known

    site.route("checkout.checkout", freezing)
    site.route("checkout.send", thawing)
    site.wrap(CardsOfShop, "known", knowing)
