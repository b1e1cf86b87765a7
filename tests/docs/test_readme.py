"""What the README says of things that stand in tables elsewhere."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_readme_lists_the_published_test_cards_as_the_sites_know_them() -> None:
    cards = tomllib.loads((ROOT / "features" / "test_cards.toml").read_text())["card"]
    readme = (ROOT / "README.md").read_text()

    rows = [line for line in readme.splitlines() if line.startswith("| ") and ", " in line[:40]]
    listed = [row for row in rows if row.split("`")[1:2] and row.split("`")[1].isdigit()]

    assert listed == [f"| {c['name']} | `{c['number']}` | {c['meaning']} |" for c in cards]


def test_every_procedure_that_the_readme_covers_has_clauses() -> None:
    procedures = tomllib.loads((ROOT / "features" / "clauses.toml").read_text())["procedure"]
    readme = (ROOT / "README.md").read_text()

    assert all(f"**{procedure['id']}**" in readme for procedure in procedures)
