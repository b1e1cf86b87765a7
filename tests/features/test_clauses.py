from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd.parser import FeatureParser, ScenarioTemplate

from checkout_conformance.clauses import (
    CLAUSES,
    clause_of,
    clauses_of,
    heading,
    read_clauses,
    read_procedures,
)

FEATURE = """
@X
Feature: Paying
  Background:
    Given a buyer

  Scenario: A walk
    # W1.1  the menu
    When one
    And two
    # a remark
    # W1.3  the tile
    Then three

  @W1.4
  Rule: The form
    Background:
      Given a form

    Scenario: By the Rule's tag
      Then one

    @W1.5
    Scenario: By its own tag
      Then one
"""


def scenario(folder: Path, name: str) -> ScenarioTemplate:
    (folder / "x.feature").write_text(FEATURE, encoding="utf-8")
    return FeatureParser(str(folder), "x.feature").parse().scenarios[name]


def test_a_step_of_a_walk_belongs_to_the_comment_above_it(tmp_path: Path) -> None:
    walk = scenario(tmp_path, "A walk")
    assert [clause_of(step, walk) for step in walk.steps] == [None, "W1.1", "W1.1", "W1.3"]
    assert clauses_of(walk) == ["W1.1", "W1.3"]


def test_a_step_under_a_rule_belongs_to_the_nearest_tag(tmp_path: Path) -> None:
    assert clauses_of(scenario(tmp_path, "By the Rule's tag")) == ["W1.4"]
    assert clauses_of(scenario(tmp_path, "By its own tag")) == ["W1.5"]


def test_a_background_belongs_to_no_clause(tmp_path: Path) -> None:
    ruled = scenario(tmp_path, "By its own tag")
    assert [clause_of(step, ruled) for step in ruled.steps] == [None, None, "W1.5"]


def test_clauses_stand_in_the_order_of_the_documents_under_their_procedure() -> None:
    clauses = read_clauses()
    assert list(clauses)[:12] == [f"W{p}.{n}" for p in (1, 2) for n in range(1, 7)]
    assert clauses["W2.3"].procedure.document.heading == "W: Paying with a wallet"
    assert clauses["W2.3"].procedure.heading == "W2: Paying a third-party shop's invoice"
    assert set(read_procedures()) >= {"W1", "W2"}


def test_a_heading_names_the_clause() -> None:
    assert heading("W1.3") == "W1.3 · the tile"
    assert heading("X9.9") == "X9.9"


def test_every_clause_of_both_documents_is_there_in_three_languages() -> None:
    expected = {"W1": 6, "W2": 6, "C1": 7, "C2": 6, "C3": 6}
    ids = [f"{procedure}.{n}" for procedure, last in expected.items() for n in range(1, last + 1)]
    clauses = read_clauses()
    assert list(clauses) == ids
    for clause in clauses.values():
        assert set(clause.title) == set(clause.text) == {"en", "ar", "ru"}


def test_a_clause_without_words_in_a_language_is_named(tmp_path: Path) -> None:
    file = tmp_path / "clauses.toml"
    text = CLAUSES.read_text(encoding="utf-8").replace('ar = "', 'xx = "', 1)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"the title of W is missing in ar"):
        read_clauses(file)
