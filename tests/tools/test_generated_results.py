"""The results of generated deviants, by operator and by clause."""

from __future__ import annotations

from checkout_conformance.deviants.matrix import HTTP, Attempt, DeviantRecord, Outcome
from deviants.generated.outside import outside
from tools.generated_results import survivors, table

BESIDE = next(iter(outside()))


def record(name: str, *outcomes: Outcome) -> DeviantRecord:
    """A deviant, by the number of scenarios that were tried on it."""
    attempts = [
        Attempt(
            driver=HTTP,
            feature="w.feature",
            scenario="A rule",
            outcome=outcome,
            clause="W1.2",
            step="Then all is well",
            seconds=1,
        )
        for outcome in outcomes
    ]
    return DeviantRecord(
        name=name,
        sentence=f"{name} is wrong.",
        clause="W1.1",
        site="wallet",
        kind="generated",
        killed=Outcome.KILLED in outcomes,
        seconds=1,
        attempts=attempts,
    )


RECORDS = [
    record("hidden--one", Outcome.PASSED, Outcome.KILLED),
    record("hidden--two", Outcome.PASSED),
    record("cut-list--one", Outcome.WRONG_PLACE),
    record("cut-list--two", Outcome.BROKE),
    record("cut-list--three", Outcome.NOT_TRIED),
    record(BESIDE, Outcome.PASSED),
]


def test_each_operator_has_a_row_with_its_outcomes() -> None:
    rows = [line for line in table(RECORDS) if line.startswith("| `") or "together" in line]
    assert rows[:1] == ["| `cut-list` | 3 | 0 | 1 | 0 | 1 | 0 | 1 |"]
    assert "| `hidden` | 2 | 1 | 0 | 1 | 0 | 0 | 0 |" in rows
    assert rows[-1] == "| together | 6 | 1 | 1 | 1 | 1 | 1 | 1 |"


def test_survivors_stand_under_their_clause_with_where_they_failed_instead() -> None:
    told = list(survivors(RECORDS))
    assert told[0] == "### W1.1\n"
    assert "- survived: hidden--two is wrong. `hidden--two`" in told
    assert any("cut-list--one" in line and "W1.2: A rule" in line for line in told)
    assert not any("hidden--one" in line or BESIDE in line for line in told)
