"""A typo leaves the rest of a password or a code as it was."""

from __future__ import annotations

import pytest

from steps.support.typos import TYPOS


@pytest.mark.parametrize(
    ("how", "code", "typed"),
    [
        ("with another first digit", "120459", "220459"),
        ("with another last digit", "120459", "120450"),
        ("with another last digit", "1204", "1205"),
        ("without its last character", "120459", "12045"),
        ("in other letter case", "pAss1", "PaSS1"),
        ("left out", "120459", ""),
        ("replaced by a blank", "120459", " "),
    ],
)
def test_a_typo_changes_only_what_it_says(how: str, code: str, typed: str) -> None:
    assert TYPOS[how](code) == typed
