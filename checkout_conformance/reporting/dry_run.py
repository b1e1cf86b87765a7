"""``--dry-run``: what a run would do, clause by clause, in the labels of its target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_bdd.parser import Scenario

from checkout_conformance.clauses import clause_of, heading
from checkout_conformance.evidence.allure_labels import scenario_of
from checkout_conformance.evidence.needed import lacking, needs_of
from checkout_conformance.safety.plugin import FILE
from checkout_conformance.targets.target import Target, target_of

QUOTED = re.compile(r'"([^"]+)"')
PREPARATION = "Before the first clause"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("conformance").addoption(
        "--dry-run",
        action="store_true",
        help="open nothing and send nothing; print, clause by clause, what would be pressed",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """One process is enough to print."""
    if config.getoption("--dry-run"):
        config.option.numprocesses = None


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Print the scenarios in place of running them."""
    config = session.config
    if not config.getoption("--dry-run"):
        return None
    target = target_of(config.stash[FILE]).in_locale(config.getoption("--locale"))
    terminal = config.pluginmanager.getplugin("terminalreporter")
    scenarios = list(filter(None, map(scenario_of, session.items)))
    for scenario in scenarios:
        for line in scenario_lines(scenario, target):
            terminal.write_line(line)
    terminal.write_line(f"{len(scenarios)} scenarios; nothing was sent.")
    return True


def scenario_lines(scenario: Scenario, target: Target) -> Iterator[str]:
    """The lines that tell of a scenario."""
    yield ""
    missing = ", ".join(map(str, lacking(needs_of(scenario), target)))
    yield f"{scenario.name} (skipped, not offered: {missing})" if missing else scenario.name
    last: str | None = "-"
    for step in scenario.steps:
        clause = clause_of(step, scenario)
        if clause != last:
            yield f"  {heading(clause) if clause else PREPARATION}"
        last = clause
        yield f"    {step.keyword.strip()} {in_labels_of(target, step.name)}"


def in_labels_of(target: Target, text: str) -> str:
    """The text of a step with what its labels say on this target's pages."""
    # What the target lacks is printed too: the run will say that it is not offered.
    all_of_it = replace(target, lacks=frozenset())

    def label(quoted: re.Match[str]) -> str:
        name = quoted[1]
        words = all_of_it.words(name)
        lacking = " (not offered)" if name in target.lacks else ""
        return f"{quoted[0]}{lacking}" if words == name else f"{quoted[0]} → «{words}»{lacking}"

    return QUOTED.sub(label, text)
