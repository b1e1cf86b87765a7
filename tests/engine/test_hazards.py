"""A hazard table is read, or its mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.hazards import Hazard, HazardError, read_guide_words, read_hazards

WORDS = """
[[guide_word]]
id = "none"
title = { en = "none", ar = "لا شيء", ru = "ничего" }
asks = "Nothing is there."

[[guide_word]]
id = "two"
title = { en = "two", ar = "اثنان", ru = "два" }
asks = "There are two."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "guide_words.toml").write_text(WORDS, encoding="utf-8")
    return tmp_path


def write(folder: Path, table: str) -> Path:
    (folder / "X1.toml").write_text(table, encoding="utf-8")
    return folder


def test_cells_come_in_the_order_of_the_guide_words(folder: Path) -> None:
    write(folder, '["X1.1"]\ntwo = ["The second one is paid"]\nnone = "There is always one."\n')
    assert read_hazards(folder) == {
        "X1.1": (
            Hazard("X1.1", "none", reason="There is always one."),
            Hazard("X1.1", "two", scenarios=("The second one is paid",)),
        )
    }


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('["X1.1"]\nthree = "No."', "X1.toml, X1.1: there is no guide word three"),
        ('["X1.1"]\ntwo = []', "X1.toml, X1.1, two: write a list of scenario titles, or a reason"),
        ('["X1.1"]\ntwo = " "', "X1.toml, X1.1, two: write"),
        ('["X1.1"]\ntwo = [2]', "X1.toml, X1.1, two: write"),
        ('["X1.1"', "X1.toml: "),
    ],
)
def test_a_mistake_is_named_with_its_place(folder: Path, table: str, said: str) -> None:
    with pytest.raises(HazardError, match=said):
        read_hazards(write(folder, table))


def test_a_guide_word_has_a_name_in_every_language(tmp_path: Path) -> None:
    text = WORDS.replace(', ru = "два"', "")
    (tmp_path / "guide_words.toml").write_text(text, encoding="utf-8")
    with pytest.raises(HazardError, match="two has no title in ru"):
        read_guide_words(tmp_path)
