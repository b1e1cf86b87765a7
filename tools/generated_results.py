"""The results of the generated deviants: a table by operator, and the survivors by clause.

``python -m tools.generated_results FOLDER…`` reads folders of Allure results (of a run in parts, as
many as there are), writes the kill matrix with --matrix, and prints Markdown.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from checkout_conformance.deviants.judge import DeviantJudge
from checkout_conformance.deviants.matrix import DeviantRecord, KillMatrix, Outcome
from checkout_conformance.plan import read_plan
from checkout_conformance.reporting.evidence import read_evidence
from deviants.generated.collection import candidates, dropped
from deviants.generated.faults import operator_of
from deviants.generated.outside import outside

RIGHT, ELSEWHERE, SURVIVED = "killed at its clause", "failed elsewhere", "survived"
UNJUDGED, OUTSIDE, UNTRIED = "not judged", "outside the documents", "not tried"
COLUMNS = (RIGHT, ELSEWHERE, SURVIVED, UNJUDGED, OUTSIDE, UNTRIED)
VERDICTS = {
    "killed": RIGHT,
    str(Outcome.WRONG_PLACE): ELSEWHERE,
    str(Outcome.BROKE): UNJUDGED,
    "survived": SURVIVED,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the survivors; return the exit status."""
    parser = argparse.ArgumentParser(prog="tools.generated_results", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--matrix", type=Path, help="write the kill matrix into this file")
    options = parser.parse_args(arguments)
    matrix = matrix_of(options.folders)
    if options.matrix:
        options.matrix.write_text(matrix.model_dump_json(indent=1), encoding="utf-8")
    print("\n".join([*table(matrix.deviants), "", *survivors(matrix.deviants)]))
    return 0


def matrix_of(folders: Iterable[Path]) -> KillMatrix:
    """Return the kill matrix of the generated deviants that were run."""
    evidence = read_evidence(folders)
    run = {one.setting.target for one in evidence}
    chosen = [one for one in candidates() if one.name in run - dropped()]
    return DeviantJudge(read_plan()).matrix(chosen, evidence)


def verdict_of(record: DeviantRecord) -> str:
    """Return the column of a deviant; a kill counts though no clause forbids the deviant."""
    verdict = VERDICTS.get(record.verdict, UNTRIED)
    is_outside = record.name in outside() and verdict != RIGHT
    return OUTSIDE if is_outside else verdict


def table(records: Iterable[DeviantRecord]) -> list[str]:
    """Return a Markdown table: how the deviants of each operator fared, and all together."""
    counts: dict[str, Counter[str]] = {}
    for one in records:
        counts.setdefault(operator_of(one.name), Counter())[verdict_of(one)] += 1
    total = sum(counts.values(), Counter[str]())
    rows = [_row(f"`{operator}`", counts[operator]) for operator in sorted(counts)]
    head = " | ".join(("Operator", "Deviants", *COLUMNS))
    line = "|".join(["---", *["---:"] * (len(COLUMNS) + 1)])
    return [f"| {head} |", f"|{line}|", *rows, _row("together", total)]


def _row(name: str, count: Counter[str]) -> str:
    cells = [name, str(count.total()), *(str(count[column]) for column in COLUMNS)]
    return f"| {' | '.join(cells)} |"


def survivors(records: Iterable[DeviantRecord]) -> Iterator[str]:
    """Yield those that were not killed at their clause, by clause, but for what is outside."""
    open_ones = [one for one in records if verdict_of(one) not in (RIGHT, OUTSIDE)]
    for clause in sorted({one.clause for one in open_ones}):
        yield f"### {clause}\n"
        for one in (one for one in open_ones if one.clause == clause):
            yield f"- {verdict_of(one)}: {one.sentence} `{one.name}`{_where(one)}"
        yield ""


def _where(record: DeviantRecord) -> str:
    """Where it failed instead, if it did."""
    found = next((one for one in record.attempts if one.outcome is Outcome.WRONG_PLACE), None)
    return f" ({found.clause}: {found.scenario} › {found.step})" if found else ""


if __name__ == "__main__":
    raise SystemExit(main())
