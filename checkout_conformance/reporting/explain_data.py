"""``--explain-data``: what the chosen features need of a target, before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pytest
from pydantic import BaseModel
from pytest_bdd.parser import Scenario

from checkout_conformance.data import DescribedData
from checkout_conformance.evidence.allure_labels import scenario_of
from checkout_conformance.evidence.needed import lacking, needs_of
from checkout_conformance.safety.plugin import FILE
from checkout_conformance.targets.needed import Need
from checkout_conformance.targets.target import Target, target_of
from checkout_conformance.targets.values import CAPABILITIES


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("conformance").addoption(
        "--explain-data",
        action="store_true",
        help="open nothing and send nothing; print what the chosen features need of the target:"
        " data, capabilities, labels",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """One process is enough to print."""
    if config.getoption("--explain-data"):
        config.option.numprocesses = None


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Print the needs in place of running the scenarios."""
    config = session.config
    if not config.getoption("--explain-data"):
        return None
    file = config.stash[FILE]
    terminal = config.pluginmanager.getplugin("terminalreporter")
    scenarios = list(filter(None, map(scenario_of, session.items)))
    for line in explained(scenarios, target_of(file), file.data):
        terminal.write_line(line)
    terminal.write_line(f"{len(scenarios)} scenarios; nothing was sent.")
    return True


def explained(scenarios: Sequence[Scenario], target: Target, data: DescribedData) -> Iterator[str]:
    """The lines about what scenarios need: data, capabilities, labels; and who cannot be tried."""
    needs = [needs_of(scenario) for scenario in scenarios]
    times = Counter(need for of_one in needs for need in of_one)
    quoted = {need.what for need in times}
    yield f"Data of {target.name} that these scenarios use:"
    yield from (f"  {line}" for line in _data_lines(data, quoted))
    yield "Capabilities that they need:"
    yield from _capability_lines(times, target)
    yield "Labels that they press, fill in or look for:"
    for name in sorted(quoted & target.glossary.names()):
        words = target.labels.get(name) or target.glossary.label(name)
        lacks = " (not offered)" if name in target.lacks else ""
        yield f"  {name} → «{words}»{lacks}"
    skipped = sum(bool(lacking(of_one, target)) for of_one in needs)
    yield f"Scenarios that this target does not offer: {skipped}"


def _data_lines(data: DescribedData, quoted: set[str]) -> Iterator[str]:
    """The data, of a table by name only what the scenarios quote."""
    for key in type(data).model_fields:
        value = getattr(data, key)
        by_name = isinstance(value, Mapping) and any(
            isinstance(inner, BaseModel) for inner in value.values()
        )
        used = {name: value[name] for name in value if name in quoted} if by_name else value
        shown = data.model_copy(update={key: used})
        yield from (line for line in shown.lines() if line.partition(".")[0].split(" ")[0] == key)


def _capability_lines(times: Counter[Need], target: Target) -> Iterator[str]:
    known = [need for need in times if need.what in CAPABILITIES]
    for need in sorted(known, key=str):
        lacks = " (not offered)" if lacking([need], target) else ""
        yield f"  {need}: {times[need]} scenarios; {CAPABILITIES[need.what]}{lacks}"
