"""The simulated issuer: which card it agrees to, until when, and when it falls silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mock_sites.shared.controls.faults import Faults, Kind, NewFault, Place
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.published_cards import PublishedCard, published_cards
from mock_sites.shared.values.refusal import Refusal
from mock_sites.vault.domain.authorisations import Authorisations
from mock_sites.vault.domain.fingerprints import Fingerprints
from mock_sites.vault.domain.issuer import Issuer
from mock_sites.vault.store import Base
from tests.support.standing_clock import StandingClock
from tests.support.vault_fixture import VISA, number_of

PHONE, OTHER = "+79160000001", "+79160000002"
CENT = Money(1, "RUB")
FAR = Expiry(2046, 12)
# Beside which field of a form the answer belongs; all others are about the whole card.
FIELDS = {"expired": "expiry", "wrong-code": "security_code"}
Ask = Callable[..., None]


@dataclass
class Desk:
    """An issuer, and what it stands on."""

    database: Database
    fingerprints: Fingerprints = field(default_factory=lambda: Fingerprints("secret"))
    clock: StandingClock = field(default_factory=StandingClock)
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        self.issuer = Issuer(
            self.fingerprints,
            self.clock,
            self.faults,
            Authorisations(self.database, self.clock),
        )

    def typed(self, number: str, expiry: Expiry = FAR, money: Money = CENT) -> None:
        self.issuer.authorise(PHONE, Card(number, "Anna", expiry, "432"), money)

    def kept(self, number: str, expiry: Expiry = FAR, money: Money = CENT) -> None:
        self.issuer.authorise_kept(PHONE, self.fingerprints.of(number), expiry, money)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = Database(f"sqlite:///{tmp_path / 'issuer.sqlite3'}", Base)
    yield Desk(database)
    database.close()


@pytest.fixture(params=["typed", "kept"])
def ask(desk: Desk, request: pytest.FixtureRequest) -> Ask:
    """The issuer is asked about a card just typed, or about one that the vault keeps."""
    asked: Ask = getattr(desk, request.param)
    return asked


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr("mock_sites.vault.domain.issuer.wait", waited.append)
    return waited


@pytest.mark.parametrize("card", published_cards(), ids=lambda card: card.name)
def test_each_published_card_has_its_outcome(ask: Ask, card: PublishedCard) -> None:
    if card.outcome in ("approved", "slow"):
        ask(card.number)
        return
    with pytest.raises(Refusal) as refused:
        ask(card.number)
    assert refused.value.code == f"card.{card.outcome}"
    assert refused.value.field == FIELDS.get(card.outcome)


def test_only_a_slow_issuer_takes_its_time(ask: Ask, waited: list[float]) -> None:
    ask(VISA)
    assert waited == []
    ask(number_of("slow"))
    assert waited == [2.0]


def test_a_number_that_is_not_published_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.typed("4242424242424242")
    assert refused.value.code == "card_number.not-a-test-card"
    assert refused.value.field == "card_number"


def test_a_card_is_good_until_its_month_ends(desk: Desk, ask: Ask) -> None:
    today = desk.clock.now()
    ask(VISA, Expiry(today.year, today.month))
    with pytest.raises(Refusal) as refused:
        ask(VISA, Expiry(today.year - 1, 12))
    assert (refused.value.code, refused.value.field) == ("card.expired", "expiry")


def test_an_amount_that_is_always_refused_is_refused_for_every_card(ask: Ask) -> None:
    with pytest.raises(Refusal, match=r"card\.insufficient-funds"):
        ask(VISA, FAR, Money(40_203, "RUB"))
    ask(VISA, FAR, Money(40_203, "KZT"))


def test_an_issuer_falls_silent_for_one_buyer_as_often_as_was_said(desk: Desk, ask: Ask) -> None:
    for phone in (OTHER, PHONE):
        desk.faults.set(NewFault(place=Place.ISSUER, kind=Kind.SILENT, phone=phone))
    with pytest.raises(Refusal, match=r"card\.issuer-down"):
        ask(VISA)
    ask(VISA)
    assert [fault.left for fault in desk.faults.all()] == [1, 0]
