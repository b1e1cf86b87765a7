"""The scenario that is likeliest to kill a deviant is tried first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkout_conformance.deviants.collection import deviants_named
from checkout_conformance.deviants.deviant import Deviant
from checkout_conformance.deviants.likeliest import note_kills, noted_kills, stems, unlikeliness
from checkout_conformance.deviants.matrix import DeviantRecord, KillMatrix

TITLES = ["Cancelling an order", "An expired invoice cannot be paid", "The notice counts invoices"]


@pytest.fixture
def deviant() -> Deviant:
    return Deviant(
        name="invoices-never-expire",
        sentence="An invoice that has expired is paid.",
        clause="W2.4",
        site="wallet",
        kind="wrong",
        caught_by=("The notice",),
        make=lambda site: None,
    )


def in_order(deviant: Deviant, noted: dict[str, str]) -> list[str]:
    return sorted(TITLES, key=lambda title: unlikeliness(deviant, title, noted))


def test_what_it_names_comes_first_then_what_has_its_words(deviant: Deviant) -> None:
    assert in_order(deviant, {}) == [TITLES[2], TITLES[1], TITLES[0]]


def test_an_earlier_kill_comes_before_words(deviant: Deviant) -> None:
    noted = {deviant.name: TITLES[0], "another": TITLES[1]}
    assert in_order(deviant, noted) == [TITLES[2], TITLES[0], TITLES[1]]


def test_words_are_compared_by_their_beginnings() -> None:
    assert stems("Expired codes") & stems("A code expires") == {"expir"}


def test_kills_are_added_to_those_that_are_noted(tmp_path: Path) -> None:
    file = tmp_path / "kills.json"
    file.write_text('{"older": "A title", "again": "Its old title"}', encoding="utf-8")
    records = [record("again", "Its new title"), record("alive", None)]
    matrix = KillMatrix(drivers=["http"], proven=False, reference=[], deviants=records)
    note_kills(matrix, file)
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "older": "A title",
        "again": "Its new title",
    }


def record(name: str, scenario: str | None) -> DeviantRecord:
    return DeviantRecord(
        name=name,
        sentence="",
        clause="W2.4",
        site="wallet",
        kind="wrong",
        killed=bool(scenario),
        scenario=scenario,
        seconds=0,
        attempts=[],
    )


def test_every_noted_deviant_exists() -> None:

    assert set(noted_kills()) <= {one.name for one in deviants_named()}
