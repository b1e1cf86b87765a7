"""What the terminal tells while a run goes on: dots, or on request a line for each clause."""

from __future__ import annotations

import pytest

from checkout_conformance.clauses import CLAUSE_ID


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what a person at the terminal can ask for."""
    group = parser.getgroup("conformance", "clause by clause")
    group.addoption("--clauses", action="store_true", help="a line for each clause, not a dot")
    group.addoption(
        "--stop-at-clauses",
        action="store_true",
        help="wait for Enter before each clause and say what it asks (one process: -n 0)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to wait for somebody who could not answer."""
    if config.getoption("--stop-at-clauses") and getattr(config.option, "numprocesses", None):
        raise pytest.UsageError("--stop-at-clauses needs a single process: add -n 0.")
    if config.getoption("--clauses"):
        config.pluginmanager.register(ClauseLines(config), "clause_lines")


class ClauseLines:
    """Writes a line for each clause of a scenario once the scenario is over."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """No dot for what gets lines."""
        return (report.outcome, "", "") if report.when == "call" and outcomes_in(report) else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A scenario is over, here or in a worker."""
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.when == "call" and terminal is not None:
            for clause, outcome in outcomes_in(report):
                terminal.ensure_newline()
                terminal.write(f"{clause:5} {outcome:18} ", **_colour(outcome))
                terminal.line(_scenario(report))


def outcomes_in(report: pytest.TestReport) -> list[tuple[str, str]]:
    """The clauses that a scenario went through and how each ended, with its time."""
    return [(name, str(value)) for name, value in report.user_properties if CLAUSE_ID.match(name)]


def _scenario(report: pytest.TestReport) -> str:
    names = dict(report.user_properties)
    return str(names.get("scenario", report.nodeid))


def _colour(outcome: str) -> dict[str, bool]:
    return {"green": True} if outcome.startswith("passed") else {"red": True}
