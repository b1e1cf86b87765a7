"""The cent that checks a card: not held, held as a dollar, given back twice, or not waited for."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import UniqueConstraint

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.vault.domain import holds, ledger
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.domain.issuer import Issuer
from mock_sites.vault.domain.links import Links
from mock_sites.vault.store import CardRow, CardState, HoldEventRow, HoldState


@deviant("C2.5", "vault", "Exactly one cent is held")
def a_dollar_for_a_cent(site: Change) -> None:
    """A hundred cents are held on the card."""
    site.rule(holds, "ONE_CENT", 100)


@deviant("C2.5", "vault", "Exactly one cent is held")
def nothing_is_held(site: Change) -> None:
    """The cent that the vault tells of is never held."""
    site.rule(holds, "place", lambda session, card, currency, now: None)
    site.page("cards.html", "card.hold.money | money", "'0.01'")


@deviant("C2.5", "vault", "The message names the amount that is held")
def message_names_another_currency(site: Change) -> None:
    """The vault says that it holds an American cent, and holds a kopek."""
    site.page("cards.html", "card.hold.money | money", "'$0.01'")


@deviant("C2.5", "vault", "After a day the cent is returned once")
def cent_is_returned_twice(site: Change) -> None:
    """The cent is given back twice, and the database lets that be."""
    trail = HoldEventRow.metadata.tables[HoldEventRow.__tablename__]
    keys = {one for one in trail.constraints if not isinstance(one, UniqueConstraint)}
    site.rule(trail, "constraints", keys)
    site.rule(trail, "indexes", set())

    def twice(end: Any) -> Any:
        def end_twice(session: Any, hold: Any, state: HoldState, now: Any) -> bool:
            ended = bool(end(session, hold, state, now))
            if ended:
                hold.events.append(HoldEventRow(state=state, at=now))
            return ended

        return end_twice

    site.wrap(holds, "end", twice)


@deviant("C2.5", "vault", "Exactly one cent is held")
def two_cents_are_taken(site: Change) -> None:
    """The vault tells of one cent, and its books have taken two."""

    def twice(place: Any) -> Any:
        def place_twice(session: Any, card: CardRow, currency: str, now: Any) -> Any:
            cent, key = Money(1, currency), f"again:{card.token}"
            ledger.move(session, key, OUTSIDE, ledger.HELD, cent, now)
            return place(session, card, currency, now)

        return place_twice

    site.wrap(holds, "place", twice)


def _moves_back_twice(site: Change, wrong: HoldState) -> None:
    """A cent that ends so is given back twice by the books, and once by its trail."""

    def twice(end: Any) -> Any:
        def end_twice(session: Any, hold: Any, state: HoldState, now: Any) -> bool:
            ended = bool(end(session, hold, state, now))
            if ended and state == wrong:
                token, held = hold.card.token, ledger.HELD
                ledger.move(session, f"more:{hold.id}", OUTSIDE, held, hold.money, now)
                ledger.move(session, f"again:{token}", held, OUTSIDE, hold.money, now)
            return ended

        return end_twice

    site.wrap(holds, "end", twice)


@deviant("C2.5", "vault", "After a day the cent is returned once")
def cent_moves_back_twice(site: Change) -> None:
    """The trail says that the cent came back once, and the books have given it back twice."""
    _moves_back_twice(site, HoldState.RETURNED)


@deviant("C2.5", "vault", "A cent that was taken is refunded once")
def refund_moves_back_twice(site: Change) -> None:
    """The trail says that a cent that was taken was refunded once, and the books say twice."""
    _moves_back_twice(site, HoldState.REFUNDED)


@deviant("C2.5", "vault", "Until the cent is returned the card is being checked")
def link_is_final_at_once(site: Change) -> None:
    """A card is linked for good before its cent is back."""

    def final(begin: Any) -> Any:
        def begin_and_end(*of_card: Any) -> CardRow:
            card: CardRow = begin(*of_card)
            card.state = CardState.LINKED
            return card

        return begin_and_end

    site.wrap(Links, "begin", final)


@deviant("C1.5", "vault", "A declined card is not linked [Visa, declined")
def refused_card_is_linked(site: Change) -> None:
    """A card that its issuer declines is linked."""
    site.rule(Issuer, "answer", lambda self, card, expiry, money: None)


@deviant("C3.5", "vault", "A declined card is not linked")
def refused_card_is_linked_on_the_phone(site: Change) -> None:
    """A card that its issuer declines is linked on the phone."""
    site.rule(Issuer, "answer", lambda self, card, expiry, money: None)


@deviant("C2.5", "vault", "A second card has its own cent")
def second_card_holds_a_cent_of_nobody(site: Change) -> None:
    """With a second card another cent is held, on a record that no list shows."""

    def one_more(begin: Any) -> Any:
        def begin_with_one_more(
            self: Links, session: Any, phone: str, card: Any, *more: Any
        ) -> CardRow:
            row: CardRow = begin(self, session, phone, card, *more)
            if not row.main:
                _hold_unseen(session, phone, card, row.linked_at)
            return row

        return begin_with_one_more

    site.wrap(Links, "begin", one_more)


@deviant("C2.5", "vault", "If the issuer does not answer, no cent is held")
def refused_card_holds_a_cent(site: Change) -> None:
    """If a card is not linked, its cent is held all the same, on a record that no list shows."""

    def all_the_same(link: Any) -> Any:
        def link_or_hold(self: Cards, phone: str, card: Any, *more: Any) -> CardRow:
            try:
                row: CardRow = link(self, phone, card, *more)
            except Refusal:
                with self.upkeep.transaction() as session:
                    _hold_unseen(session, phone, card, self.upkeep.now())
                raise
            return row

        return link_or_hold

    site.wrap(Cards, "link", all_the_same)


def _hold_unseen(session: Any, phone: str, card: Any, now: datetime) -> None:
    """Hold a cent on the record of a card that is not linked."""
    row = CardRow(
        token=str(uuid4()),
        phone=phone,
        first_six=card.number[:6],
        last_four="0000",
        brand="Visa",
        holder="",
        expiry_year=card.expiry.year,
        expiry_month=card.expiry.month,
        state=CardState.DELETED,
        main=False,
        linked_at=now,
    )
    session.add(row)
    session.flush()
    holds.place(session, row, "RUB", now)
