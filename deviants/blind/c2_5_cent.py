"""C2.5: one cent is held for a day or less, then given back, and the link is final."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import mock_sites.vault as vault_site
from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.shared.values.money import Money
from mock_sites.vault.domain import holds, ledger
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.store import CardState, HoldEventRow, HoldState
from mock_sites.vault.wording import CARD_STATES

NEVER = timedelta(days=3650)
CHECKING = '{% for card in cards if card.state == "CHECKING" %}'
KOPEK = "kopek=card.hold.money | money"


@deviant("C2.5", "vault")
def one_yen_is_held(site: Change) -> None:
    """One yen is held on the card, which is most of a rouble, and not one cent."""

    def yen(old: Any) -> Any:
        return lambda session, card, currency, now: old(session, card, "JPY", now)

    site.wrap(holds, "place", yen)


@deviant("C2.5", "vault")
def cent_is_kept_and_said_to_be_given_back(site: Change) -> None:
    """The cent is said to be given back, and stays held."""

    def kept(session: Any, hold: Any, state: HoldState, now: Any) -> bool:
        if hold.state != HoldState.HELD:
            return False
        hold.state, hold.ended_at, hold.ended_by = state, now, hold.held_by
        hold.events.append(HoldEventRow(state=state, at=now))
        session.flush()
        return True

    site.rule(holds, "end", kept)


@deviant("C2.5", "vault")
def cent_is_held_an_hour_too_long(site: Change) -> None:
    """The cent is given back an hour after the day is over."""
    site.rule(holds, "HELD_FOR", timedelta(hours=25))


@deviant("C2.5", "vault")
def second_cent_is_never_given_back(site: Change) -> None:
    """Of a person with two cards only the first cent is given back."""
    first: dict[str, int] = {}

    def only_first(old: Any) -> Any:
        def due(session: Any, now: Any) -> list[Any]:
            ended = []
            for hold in old(session, now):
                if first.setdefault(hold.card.phone, hold.id) == hold.id:
                    ended.append(hold)
                else:
                    hold.due_at = now + NEVER
            return ended

        return due

    site.wrap(holds, "due", only_first)


@deviant("C2.5", "vault")
def second_held_cent_is_not_told(site: Change) -> None:
    """With cents held on two cards the page tells of one."""
    some = '(cards | selectattr("state", "equalto", "CHECKING") | list)[:1]'
    site.page("cards.html", CHECKING, f"{{% for card in {some} %}}")


@deviant("C2.5", "vault")
def page_says_a_week(site: Change) -> None:
    """The page says that the cent is held for up to a week."""
    site.page("cards.html", "for one day or less", "for one week or less")


@deviant("C2.5", "vault")
def page_tells_another_amount(site: Change) -> None:
    """The page says that one rouble is held where it is one kopek."""
    site.page("cards.html", KOPEK, "kopek=(card.hold.money | money).replace('0.01', '1.00')")


@deviant("C2.5", "vault")
def editing_holds_another_cent(site: Change) -> None:
    """Editing a card holds another cent, which is not given back."""

    def holding(old: Any) -> Any:
        def edit(self: Cards, phone: str, token: str, details: Any) -> None:
            old(self, phone, token, details)
            with self.upkeep.transaction() as session:
                cent = Money(holds.ONE_CENT, "RUB")
                key = f"hold:{token}:edited"
                ledger.move(session, key, OUTSIDE, ledger.HELD, cent, self.upkeep.now())

        return edit

    site.wrap(Cards, "edit", holding)


@deviant("C2.5", "vault")
def link_is_called_final_while_the_cent_is_held(site: Change) -> None:
    """The card is called linked while its cent is still held."""
    states = {**CARD_STATES}
    states[CardState.CHECKING] = states[CardState.LINKED]
    site.rule(vault_site, "CARD_STATES", states)


@deviant("C2.5", "vault")
def deleted_card_keeps_its_cent(site: Change) -> None:
    """The cent of a card that is deleted while it is checked is never given back."""

    def not_deleted(old: Any) -> Any:
        def delete(self: Cards, phone: str, tokens: Any) -> None:
            old(self, phone, tokens)
            with self.upkeep.transaction() as session:
                for token in tokens:
                    key, cent = f"hold:{token}:kept", Money(holds.ONE_CENT, "RUB")
                    now = self.upkeep.now()
                    ledger.move(session, key, OUTSIDE, ledger.HELD, cent, now)

        return delete

    site.wrap(Cards, "delete", not_deleted)
