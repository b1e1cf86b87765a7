"""Feature files are laid out in one way, and what is wrong in them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import ROOT
from tools.features.__main__ import main as check
from tools.features.layout import laid_out

UNTIDY = '''@W1
Feature: Tea
    It is drunk.

    Still it is.
  Background:
      Given water
  @W1.4
  Rule: It is hot
    # W1.4  the cup
    Scenario Outline: A cup
        Given a table:
        |a | bb|
        | \\\\| a \\| b |
      # not too hot
      When it says
    """
    One
      two
    """
      Then it is <how>

      Examples:
          | how |
          | نقدًا  |
          | good |
'''
TIDY = '''@W1
Feature: Tea
  It is drunk.

  Still it is.
  Background:
    Given water
  @W1.4
  Rule: It is hot
    # W1.4  the cup
    Scenario Outline: A cup
      Given a table:
        | a  | bb     |
        | \\\\ | a \\| b |
      # not too hot
      When it says
        """
        One
          two
        """
      Then it is <how>

      Examples:
        | how  |
        | نقدًا |
        | good |
'''


def test_levels_are_two_spaces_and_columns_stand_below_each_other() -> None:
    assert laid_out(UNTIDY) == TIDY


def test_what_is_laid_out_stays_as_it_is() -> None:
    assert laid_out(TIDY) == TIDY


@pytest.mark.parametrize("fix", [False, True])
def test_a_file_is_named_and_fixed_if_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fix: bool
) -> None:
    file = tmp_path / "tea.feature"
    file.write_text(UNTIDY, encoding="utf-8")
    assert check([str(file), *(["--fix"] if fix else [])]) == 1
    assert capsys.readouterr().out.startswith(f"{file}:3: ")
    assert file.read_text(encoding="utf-8") == (TIDY if fix else UNTIDY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Feature: Tea\n  Scenario: None\n", ":2: 'None' has no steps"),
        ("Feature: Tea\n  Scenario: One\n    Given tea\n    Milk\n", "tea.feature: "),
    ],
)
def test_what_is_wrong_in_a_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    file = tmp_path / "tea.feature"
    file.write_text(text, encoding="utf-8")
    assert check([str(file)]) == 1
    assert told in capsys.readouterr().out


def test_our_features_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([]) == 0, capsys.readouterr().out
    assert list((ROOT / "features").rglob("*.feature"))
