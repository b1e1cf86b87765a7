"""The simulated issuer of every card: it answers as the tables of test cards and refusals say."""

from __future__ import annotations

from collections.abc import Callable

from ...shared.controls.faults import About, Faults, Kind, Place, wait
from ...shared.runtime.clock import Clock
from ...shared.values.cards import Card, Expiry
from ...shared.values.money import Money
from ...shared.values.published_cards import PublishedCard, published_cards
from ...shared.values.published_refusals import of_card_amount
from ...shared.values.refusal import Refusal
from ..issuer_store import AuthorisationState
from .authorisations import Authorisations
from .fingerprints import Fingerprints

# Real time: the clock does not shorten it.
SLOW_SECONDS = 2.0

# Outcome in the table → the refusal, and the field of a card form that it belongs beside.
REFUSED = {
    "declined": ("card.declined", None),
    "insufficient-funds": ("card.insufficient-funds", None),
    "expired": ("card.expired", "expiry"),
    "wrong-code": ("card.wrong-code", "security_code"),
    "lost": ("card.lost", None),
    "issuer-down": ("card.issuer-down", None),
}
# What an issuer says when it does not answer: nothing is known, so it may be asked again.
ISSUER_DOWN = "card.issuer-down"


class NotGivenBack(Exception):
    """The issuer refuses to give a cent back, or does not answer. It can be asked again.

    Without an answer nothing is known: it may have given the cent back.
    """


class Issuer:
    """Authorises holds and payments, and keeps a list of the cents that it was asked to hold.

    It moves no money itself: that is for the vault's books.

    A card that the vault keeps is known here by its fingerprint, as a network token would be.
    """

    def __init__(
        self,
        fingerprints: Fingerprints,
        clock: Clock,
        faults: Faults,
        authorisations: Authorisations,
    ) -> None:
        self.authorisations = authorisations
        self._fingerprints = fingerprints
        self.clock = clock
        self._faults = faults
        self._cards = {fingerprints.of(card.number): card for card in published_cards()}

    def recognise(self, number: str) -> PublishedCard:
        """The published test card of that number.

        Raises Refusal ``card_number.not-a-test-card``: nobody's real card is taken.
        """
        card = self._cards.get(self._fingerprints.of(number))
        if card is None:
            raise Refusal("card_number.not-a-test-card", "card_number")
        return card

    def known(self, fingerprint: str) -> PublishedCard:
        """The published test card of a fingerprint that the vault keeps."""
        return self._cards[fingerprint]

    def authorise(self, phone: str, card: Card, money: Money) -> None:
        """Approve that ``money`` (minor units) is held on, or paid from, a card just typed.

        ``phone`` (E.164) is the buyer's. A slow issuer takes two seconds. Raises Refusal
        ``card.declined``, ``card.insufficient-funds``, ``card.expired``, ``card.wrong-code``,
        ``card.lost``, ``card.issuer-down`` or ``card_number.not-a-test-card``.
        """
        self._fall_silent(phone)
        self.answer(self.recognise(card.number), card.expiry, money)

    def authorise_kept(self, phone: str, fingerprint: str, expiry: Expiry, money: Money) -> None:
        """Authorise for a card that the vault keeps: no number and no code are sent again."""
        self._fall_silent(phone)
        self.answer(self._cards[fingerprint], expiry, money)

    def hold(self, key: str, phone: str, card: Card, money: Money) -> None:
        """Authorise, and hold ``money`` under the vault's ``key`` from now (C2.5)."""
        self.authorise(phone, card, money)
        self.authorisations.open(key, phone, money)

    def hold_kept(
        self, key: str, phone: str, fingerprint: str, expiry: Expiry, money: Money
    ) -> None:
        """Hold ``money`` as :meth:`hold` does, on a card that the vault keeps."""
        self.authorise_kept(phone, fingerprint, expiry, money)
        self.authorisations.open(key, phone, money)

    def void(self, key: str, phone: str, money: Money) -> AuthorisationState:
        """Let go what is held under ``key``; how it stands after that. Raises NotGivenBack."""
        return self._give_back(phone, lambda: self.authorisations.void(key, phone, money))

    def refund(self, key: str, phone: str) -> AuthorisationState:
        """Pay back what was taken; how it stands after that. Raises NotGivenBack."""
        return self._give_back(phone, lambda: self.authorisations.refund(key))

    def _give_back(self, phone: str, act: Callable[[], AuthorisationState]) -> AuthorisationState:
        fault = self._faults.strike(Place.RETURN, About(said=phone))
        if fault is not None and fault.kind is not Kind.CUT_OFF:
            raise NotGivenBack(fault.kind)
        state = act()
        if fault is not None:
            raise NotGivenBack(fault.kind)
        return state

    def check_expiry(self, phone: str, fingerprint: str, expiry: Expiry) -> None:
        """Ask the issuer to confirm a new expiry of a kept card; nothing is held (C2.3).

        Raises Refusal ``expiry.not-confirmed``, or ``expiry.not-checked`` if the issuer does
        not answer.
        """
        card = self._cards[fingerprint]
        try:
            self.authorise_kept(phone, fingerprint, expiry, Money(0, card.currency))
        except Refusal as refusal:
            silent = refusal.code == ISSUER_DOWN
            code = "expiry.not-checked" if silent else "expiry.not-confirmed"
            raise Refusal(code, "expiry") from refusal

    def _fall_silent(self, phone: str) -> None:
        if self._faults.strike(Place.ISSUER, About(said=phone)):
            raise Refusal(ISSUER_DOWN)

    def answer(self, card: PublishedCard, expiry: Expiry, money: Money) -> None:
        """Answer as the tables say for this card. Raises Refusal with the issuer's reason."""
        if card.outcome == "slow":
            wait(SLOW_SECONDS)
        outcome = "expired" if expiry.is_over(self.clock.now()) else card.outcome
        if outcome in REFUSED:
            raise Refusal(*REFUSED[outcome])
        refusal = of_card_amount(money)
        if refusal is not None:
            raise refusal
