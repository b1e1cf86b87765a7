"""Every clause answers every guide word, by scenarios of its own or by a reason."""

from __future__ import annotations

import pytest

from checkout_conformance.clauses import read_clauses
from checkout_conformance.guards.files import FeatureFile, read_features
from checkout_conformance.hazards import GuideWord, Hazard, read_guide_words, read_hazards
from checkout_conformance.project import FEATURES
from tests.support import hazard_guards as guards

# Where a card's issuer may ask for a code, and how else that has to be tried.
CHALLENGED = ("C1.5", "C2.5", "C3.5")
OF_A_CHALLENGE = ("again", "reverse", "late", "seen-elsewhere")


@pytest.fixture(scope="module")
def english() -> list[FeatureFile]:
    files = read_features(FEATURES)
    return [file for file in files if not file.name.startswith("ar/")]


@pytest.mark.parametrize("clause", read_clauses())
def test_a_clause_answers_every_guide_word(clause: str) -> None:
    assert list(guards.empty_cells([clause], read_hazards(), read_guide_words())) == []


def test_every_table_is_of_a_clause() -> None:
    assert list(guards.unknown_clauses(read_clauses(), read_hazards())) == []


def test_every_title_is_of_a_scenario_about_the_clause(english: list[FeatureFile]) -> None:
    assert list(guards.scenarios_elsewhere(english, read_hazards())) == []


@pytest.mark.parametrize("clause", CHALLENGED)
def test_a_challenge_is_tried_again_in_reverse_late_and_elsewhere(
    clause: str, english: list[FeatureFile]
) -> None:
    challenges = [file for file in english if file.name.endswith("_challenges.feature")]
    assert clause in guards.titles_by_clause(challenges)
    empty = guards.cells_without(challenges, read_hazards(), OF_A_CHALLENGE)
    assert [cell for cell in empty if cell.startswith(f"{clause}: ")] == []


class TestGuards:
    def test_a_guide_word_that_only_other_features_answer_is_found(
        self, english: list[FeatureFile]
    ) -> None:
        title = "An empty cart has no Pay button"
        cart = [file for file in english if title in {one.name for one in file.scenarios}]
        hazards = {"C3.1": [Hazard("C3.1", "none", scenarios=(title,))]}
        found = guards.cells_without(cart, hazards, ["none", "late"])
        assert "C3.1: none" not in (cells := [*found])
        assert "C3.1: late" in cells

    def test_a_guide_word_without_an_answer_is_found(self) -> None:
        words = [GuideWord("none", {}, ""), GuideWord("two", {}, "")]
        hazards = {"W1.1": [Hazard("W1.1", "none", reason="It says nothing.")]}
        assert list(guards.empty_cells(["W1.1"], hazards, words)) == ["W1.1: two"]
        assert list(guards.empty_cells(["W1.2"], {}, words)) == ["W1.2: none", "W1.2: two"]

    def test_a_table_of_no_clause_is_found(self) -> None:
        assert list(guards.unknown_clauses(["W1.1"], {"W9.9": []})) == ["W9.9"]

    def test_a_scenario_of_another_clause_is_found(self, english: list[FeatureFile]) -> None:
        title = "An empty cart has no Pay button"
        right, wrong = (Hazard(clause, "none", scenarios=(title,)) for clause in ("C3.1", "C3.2"))
        found = guards.scenarios_elsewhere(english, {"C3.1": [right], "C3.2": [wrong]})
        assert list(found) == [f"C3.2, none: {title}"]
