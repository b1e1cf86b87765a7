"""``checkout-conformance compare``: each scenario has the same verdict on both drivers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from checkout_conformance.commands import SETTINGS, status_of
from checkout_conformance.comparison.drivers import (
    NOWHERE,
    Answer,
    Comparison,
    Outcome,
    Side,
    compare,
)
from checkout_conformance.reporting.allure_html import ReportError, short
from checkout_conformance.reporting.conformance import Verdict
from checkout_conformance.reporting.evidence import read_evidence
from checkout_conformance.reporting.selection import read_choice
from checkout_conformance.statuses import Status

BROWSER, HTTP = "browser", "http"
HEADINGS = {
    Outcome.DIFFERENT: "Verdicts that differ",
    Outcome.MISSING: "Missing in one of the runs",
    Outcome.NOT_TRIED: "Not tried by one of the drivers",
}


@click.command(context_settings=SETTINGS)
@click.argument("browser_results", type=click.Path(path_type=Path))
@click.argument("http_results", type=click.Path(path_type=Path))
def command(browser_results: Path, http_results: Path) -> int:
    """Compare a run in a browser with one over HTTP.

    BROWSER_RESULTS and HTTP_RESULTS are the folders of Allure results of the two runs. Prints the
    scenarios whose verdicts differ, those that one driver could not try, and those that are missing
    in one run. "Not tried by this driver" is no difference, and neither is a failure on both. If
    one of the runs was a selection (-m W1), the rest is not compared.

    \b
    Exit status
      0  no verdict differs
      1  one does
      2  there is no telling: a scenario of one run is missing in the other, no scenario has a
         verdict of both, or results cannot be read
      3  an argument is wrong
    """
    try:
        compared = compare(read_side(browser_results, BROWSER), read_side(http_results, HTTP))
    except ReportError as error:
        print(f"No comparison: {error}", file=sys.stderr)
        return Status.CANNOT_TELL
    for line in _lines(compared):
        print(line)
    return _status(compared)


def read_side(folder: Path, name: str) -> Side:
    """The run in a folder of Allure results.

    Raises ReportError if it cannot be read, has no scenario, or is of the other driver.
    """
    evidence = tuple(read_evidence([folder]))
    if not evidence:
        raise ReportError(f"no scenario was run in {short(folder)}")
    others = [one for one in evidence if one.setting.certifies is not (name == BROWSER)]
    others = [one for one in others if one.setting.target != NOWHERE[0]]
    if others:
        found = others[0].setting.browser
        raise ReportError(
            f"{short(folder)} has a run with the driver {found}. Give the results of the browser "
            "first, then those of http."
        )
    return Side(name, evidence, read_choice(folder))


def _status(compared: Sequence[Comparison]) -> int:
    outcomes = {one.outcome for one in compared}
    if Outcome.DIFFERENT in outcomes:
        return Status.DOES_NOT_CONFORM
    is_complete = Outcome.SAME in outcomes and Outcome.MISSING not in outcomes
    return Status.CONFORMS if is_complete else Status.CANNOT_TELL


def _lines(compared: Sequence[Comparison]) -> Iterator[str]:
    for outcome, heading in HEADINGS.items():
        own = [one for one in compared if one.outcome is outcome]
        if own:
            yield f"{heading}: {len(own)}"
        for one in own:
            yield f"  {_name(one)}"
            yield from (f"    {side}: {_said(answer)}" for side, answer in one.answers.items())
    counts = Counter(one.outcome for one in compared)
    told = [f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]]
    yield f"Scenarios on two drivers: {len(compared)} ({', '.join(told)})."


def _name(one: Comparison) -> str:
    _, *setting = one.place
    where = "" if one.place == NOWHERE else f" [{' · '.join(setting)}]"
    return f"{one.title} ({one.feature}){where}"


def _said(answer: Answer | None) -> str:
    if answer is None:
        return "no result"
    if answer.verdict is Verdict.PASSED or not answer.reason:
        return answer.verdict.value
    return f"{answer.verdict}: {answer.reason}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the runs and print the differences; the exit status for the shell."""
    return status_of(command, arguments, "compare")
