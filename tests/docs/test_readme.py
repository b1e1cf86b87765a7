"""The README is short, and names what there is."""

from __future__ import annotations

import tomllib

from tests.support.documentation import ROOT

MOST_WORDS = 900
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_is_short() -> None:
    assert len(README.split()) <= MOST_WORDS


def test_the_readme_covers_every_procedure() -> None:
    clauses = (ROOT / "features" / "clauses.toml").read_text(encoding="utf-8")
    procedures = tomllib.loads(clauses)["procedure"]

    assert all(f"**{procedure['id']}**" in README for procedure in procedures)


def test_the_readme_names_both_commands_and_shows_a_picture() -> None:
    assert "`make accept`" in README
    assert "`make test`" in README
    assert "](reports/example.png)" in README
