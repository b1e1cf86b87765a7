"""The clauses that the comments of a feature open with, by line."""

from __future__ import annotations

from pathlib import Path

from checkout_conformance.clauses import CLAUSE_COMMENT, clause_comments, read_document
from checkout_conformance.project import FEATURES

FEATURE = '''# language: ru
# W1.1 comes before the feature
Функция: Оплата
  Сценарий: Покупатель платит
    # W1.3  the tile
    Дано нечто
      """
      # W1.4 is a line of a text
      """
    #W1.5 without a blank
    # see W1.6
    Тогда нечто # W1.7 is no comment
      | # W1.8 is a cell |
      ```
      """
      # W1.9 is a line of another text
      ```
    # W2.1
'''


def test_only_comments_count_and_only_those_that_open_with_a_clause(tmp_path: Path) -> None:
    file = tmp_path / "own.feature"
    file.write_text(FEATURE, encoding="utf-8")
    assert clause_comments(str(file)) == {2: "W1.1", 5: "W1.3", 10: "W1.5", 18: "W2.1"}


def test_a_feature_has_the_comments_that_gherkin_finds_in_it() -> None:
    for file in map(str, FEATURES.rglob("*.feature")):
        parsed = {one.location.line: one.text.strip() for one in read_document(file).comments}
        found = {line: CLAUSE_COMMENT.match(text) for line, text in parsed.items()}
        assert clause_comments(file) == {line: one[1] for line, one in found.items() if one}, file
