"""C2.6: what is done in the vault is seen in the shop by itself."""

from __future__ import annotations

from typing import Any

from flask import has_request_context
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import seen_before
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.card_store import CardListRow, LinkedCardRow
from mock_sites.shop.domain import cards as rules
from mock_sites.shop.domain.cards import Cards
from mock_sites.shop.domain.vault_messages import BuyerCard, CardStatus


def keeping(site: Change, change: Any) -> None:
    """Keep another list than the vault's: ``change(known, listed)``, known ones by token."""

    def other(old: Any) -> Any:
        def keep(self: Cards, customer_id: int, listed: Any, *times: Any) -> None:
            known = {row.token: row for row in self.known(customer_id)}
            old(self, customer_id, change(known, list(listed)), *times)

        return keep

    site.wrap(Cards, "keep", other)


@deviant("C2.6", "shop")
def cards_are_asked_for_once_a_session(site: Change) -> None:
    """A card linked in the vault appears in the shop when the buyer signs in the next time."""

    def once(old: Any) -> Any:
        def refresh(self: Cards, customer: Any) -> bool:
            if has_request_context():
                return seen_before("asked_for_cards") or bool(old(self, customer))
            with self.database.transaction() as session:
                asked = session.get_one(CardListRow, customer.id)
                asked.due_at = self.clock.now() + rules.ASK_AGAIN_AFTER
            return True

        return refresh

    site.wrap(Cards, "refresh", once)


@deviant("C2.6", "shop")
def edited_expiry_is_not_followed(site: Change) -> None:
    """The shop keeps the old expiry of a card that was edited in the vault."""

    def old_expiry(known: dict[str, LinkedCardRow], listed: list[Any]) -> list[Any]:
        return [
            card.model_copy(
                update={
                    "expiry_year": known[card.token].expiry_year,
                    "expiry_month": known[card.token].expiry_month,
                }
            )
            if card.token in known
            else card
            for card in listed
        ]

    keeping(site, old_expiry)


@deviant("C2.6", "shop")
def edited_holder_is_not_followed(site: Change) -> None:
    """The shop keeps the old holder of a card that was edited in the vault."""
    holders: dict[str, str] = {}

    def first(old: Any) -> Any:
        def row(customer_id: int, position: int, card: Any) -> LinkedCardRow:
            made: LinkedCardRow = old(customer_id, position, card)
            made.holder = holders.setdefault(card.token, made.holder)
            return made

        return row

    site.wrap(rules, "linked_card_row", first)


@deviant("C2.6", "shop")
def main_card_is_not_followed(site: Change) -> None:
    """The shop keeps the main card it knew, when another one is chosen in the vault."""

    def old_main(known: dict[str, LinkedCardRow], listed: list[Any]) -> list[Any]:
        tokens = {card.token for card in listed}
        if not any(row.main for token, row in known.items() if token in tokens):
            return listed
        return [
            card.model_copy(update={"main": card.token in known and known[card.token].main})
            for card in listed
        ]

    keeping(site, old_main)


@deviant("C2.6", "shop")
def one_of_two_deleted_cards_stays(site: Change) -> None:
    """Of several cards that are deleted in the vault at once one stays in the shop."""

    def dropping_one(known: dict[str, LinkedCardRow], listed: list[Any]) -> list[Any]:
        tokens = {card.token for card in listed}
        gone = [row for token, row in known.items() if token not in tokens]
        if len(gone) > 1:
            stays.add(gone[0].token)
        return [*listed, *(as_listed(row) for row in gone if row.token in stays)]

    stays: set[str] = set()
    keeping(site, dropping_one)


def as_listed(row: LinkedCardRow) -> Any:
    """A card that the shop knows, as the vault would list it."""
    status = CardStatus.PENDING if row.being_checked else CardStatus.SUCCESS
    return BuyerCard.model_validate(
        {
            "cardToken": row.token,
            "maskedCardNo": f"******{row.last_four}",
            "brand": row.brand,
            "expiryMonth": row.expiry_month,
            "expiryYear": row.expiry_year,
            "cardholderName": {"lastName": row.holder},
            "main": False,
            "status": status,
        }
    )


@deviant("C2.6", "shop")
def second_card_does_not_appear(site: Change) -> None:
    """The shop shows the first card that was linked in the vault, and no second one."""
    keeping(site, lambda known, listed: listed[-1:])


@deviant("C2.6", "shop")
def cards_of_all_buyers_are_shown(site: Change) -> None:
    """The shop shows the cards of other buyers too."""

    def everybodys(old: Any) -> Any:
        def known(self: Cards, customer_id: int) -> Any:
            others = select(LinkedCardRow).where(LinkedCardRow.customer_id != customer_id)
            with self.database.reading() as session:
                return [*old(self, customer_id), *session.scalars(others)]

        return known

    site.wrap(Cards, "known", everybodys)


@deviant("C2.6", "shop")
def all_cards_are_called_visa(site: Change) -> None:
    """The shop calls every linked card a Visa."""
    keeping(site, lambda known, listed: [x.model_copy(update={"brand": "Visa"}) for x in listed])


@deviant("C2.6", "shop")
def phone_does_not_show_cards_of_the_vault(site: Change) -> None:
    """On a phone a card that was linked in the vault appears a day later."""
    every = "{% for card in cards %}"
    site.page("mobile/payment.html", every, "{% for card in cards if not card.being_checked %}")


@deviant("C2.6", "shop")
def final_link_is_shown_as_being_checked(site: Change) -> None:
    """In the shop a card stays under check after its link is final."""

    def stuck(known: dict[str, LinkedCardRow], listed: list[Any]) -> list[Any]:
        return [card.model_copy(update={"status": CardStatus.PENDING}) for card in listed]

    keeping(site, stuck)


@deviant("C2.6", "shop")
def card_appears_once_it_is_activated(site: Change) -> None:
    """A card linked in the vault appears at the checkout after the profile was opened."""

    def activated(old: Any) -> Any:
        def profile() -> Any:
            page = old()
            seen.add(signed_in_person().id)
            return page

        return profile

    def at_once(old: Any) -> Any:
        def usable(self: Cards, cards: Any) -> Any:
            able = old(self, cards)
            return [card for card in able if card.customer_id in seen or not card.being_checked]

        return usable

    seen: set[int] = set()
    site.route("profile.profile", activated)
    site.wrap(Cards, "usable", at_once)
