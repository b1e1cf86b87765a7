"""The terminal output of a run: with --clauses a line for each clause instead of dots."""

from __future__ import annotations

import pytest

from checkout_conformance.clauses import CLAUSE_ID


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --clauses and --stop-at-clauses."""
    group = parser.getgroup("conformance", "clause by clause")
    group.addoption(
        "--clauses", action="store_true", help="print a line for each clause, not a dot"
    )
    group.addoption(
        "--stop-at-clauses",
        action="store_true",
        help="print each clause and wait for Enter before it (needs -n 0)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse --stop-at-clauses with several workers, which have no terminal."""
    if config.getoption("--stop-at-clauses") and getattr(config.option, "numprocesses", None):
        raise pytest.UsageError("--stop-at-clauses needs a single process: add -n 0.")
    if config.getoption("--clauses"):
        config.pluginmanager.register(ClauseLines(config), "clause_lines")


class ClauseLines:
    """Writes a line for each clause of a scenario once the scenario is over."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Print no dot for tests that get lines."""
        return (report.outcome, "", "") if report.when == "call" and outcomes_in(report) else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Print the lines of a finished scenario."""
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.when == "call" and terminal is not None:
            for clause, outcome in outcomes_in(report):
                terminal.ensure_newline()
                terminal.write(f"{clause:5} {outcome:18} ", **_colour(outcome))
                terminal.line(_scenario(report))


def outcomes_in(report: pytest.TestReport) -> list[tuple[str, str]]:
    """Return the clauses of a scenario, each with its outcome and time."""
    return [(name, str(value)) for name, value in report.user_properties if CLAUSE_ID.match(name)]


def _scenario(report: pytest.TestReport) -> str:
    names = dict(report.user_properties)
    return str(names.get("scenario", report.nodeid))


def _colour(outcome: str) -> dict[str, bool]:
    return {"green": True} if outcome.startswith("passed") else {"red": True}
