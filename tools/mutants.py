"""Mutation testing of the sites' rules: ``python -m tools.mutants``.

``tests/mutants.toml`` says which tests check which rules; mypy checks them too. mutmut makes the
mutants and tries each in a folder of its own; this tool evaluates its results. A surviving mutant
means that a test is missing, or that it makes no difference; then the same file says why. mutmut is
installed for this alone (requirements/mutants.txt): it does not run on every supported Python.

Exit status: 0 if every survivor has a reason and every reason a survivor, 1 if not, 2 if the run
could not be completed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from checkout_conformance.commands import did_you_mean, positive
from tools import ROOT, VENV

TABLE = ROOT / "tests" / "mutants.toml"
MUTMUT = VENV / "bin" / "mutmut"
LATEST = ROOT / "reports" / "latest"
EXPLAINED, NOT_EXPLAINED, NO_RUN = 0, 1, 2
KILLED, BY_TYPES, NOT_TRIED = {"killed", "timeout"}, "caught by type check", "not checked"
# What the tests read beside the rules and themselves.
NEEDED = [
    *(
        "mock_sites",
        "tests",
        "conftest.py",
        "deviants",
        "twins",
        "features",
        "steps",
        "targets",
        "tools",
    ),
    *("README.md", "Makefile", "reports/templates"),
]
# Lines with messages for programmers, which no buyer or merchant sees.
FOR_PROGRAMMERS = [r"log\.warning\(", r"raise ValueError\(", r"raise NotFound\("]
# As strict as `make check`. mutmut's own copies of a method would define its attributes again.
TYPES = [
    *("mypy", "--config-file=", "--strict", "--output", "json", "--explicit-package-bases"),
    *("--no-warn-unused-ignores", "--ignore-missing-imports", "--disable-error-code", "no-redef"),
]
# function → what a mutant makes of a line in it → why that cannot matter
Reasons = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Mutant:
    """A rule with one thing changed: ``change`` is the line as the mutant has it."""

    name: str
    function: str
    change: str
    status: str
    diff: str = ""

    @property
    def survived(self) -> bool:
        """Whether no check has noticed it."""
        return self.status not in {*KILLED, BY_TYPES, NOT_TRIED}


@dataclass(frozen=True)
class MutationSuite:
    """Some rules and the tests that check them. mutmut works in a folder of the suite's own."""

    name: str
    rules: list[str]
    tests: list[str]

    @property
    def folder(self) -> Path:
        """Where mutmut works."""
        return ROOT / ".mutants" / self.name

    def run(self, workers: str) -> bool:
        """Make the mutants and try each; whether that came to its end."""
        # mutmut would believe an earlier verdict although a test has changed since.
        shutil.rmtree(self.folder, ignore_errors=True)
        for needed in map(Path, NEEDED):
            _link(self.folder / needed, ROOT / needed)
        for file in (ROOT / "reports").glob("*.*"):
            _link(self.folder / "reports" / file.name, file)
        project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        (self.folder / "pyproject.toml").write_text(f"{project}\n{self._settings()}")
        command = [str(MUTMUT), "run", "--max-children", workers]
        path = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
        with (self.folder / "log.txt").open("w") as log:
            tried = subprocess.run(
                command, cwd=self.folder, env={**os.environ, "PATH": path}, stdout=log, stderr=log
            )
        if tried.returncode:
            print(f"mutmut failed: see {self.folder / 'log.txt'}", file=sys.stderr)
        return not tried.returncode

    def _settings(self) -> str:
        settings = {
            "source_paths": ["mock_sites"],
            "only_mutate": self.rules,
            "also_copy": [*NEEDED[:-1], "reports"],
            "do_not_mutate_patterns": FOR_PROGRAMMERS,
            "type_check_command": [*TYPES, *self.rules],
            "pytest_add_cli_args": ["-p", "no:cacheprovider"],
            "pytest_add_cli_args_test_selection": self.tests,
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
        return "\n".join(["[tool.mutmut]", "use_git_change_detection = false", *lines, ""])

    def results(self) -> list[Mutant]:
        """Every mutant with what became of it."""
        from mutmut.stats import status_by_exit_code

        with contextlib.chdir(self.folder):
            return [
                _mutant(name, rules, status_by_exit_code[code])
                for rules in self.rules
                for name, code in _tried(rules).items()
            ]


@dataclass(frozen=True)
class Verdict:
    """What a run amounts to. ``unexplained`` survivors and ``idle`` reasons are to be mended."""

    tried: int
    killed_by_tests: int
    caught_by_types: int
    explained: int
    unexplained: list[Mutant]
    idle: list[str]

    @property
    def score(self) -> float:
        """How many of a hundred mutants were noticed."""
        return round(100 * (self.killed_by_tests + self.caught_by_types) / max(self.tried, 1), 1)

    def line(self) -> str:
        """The verdict for the terminal."""
        return (
            f"{self.tried} mutants: {self.killed_by_tests} killed by tests, {self.caught_by_types} "
            f"by types ({self.score} %); {self.explained} that survived cannot matter, "
            f"{len(self.unexplained)} are to be explained, {len(self.idle)} reasons are idle"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants of every suite, or of those named; the exit status for the shell."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    suites = {name: MutationSuite(name, **suite) for name, suite in table["suites"].items()}
    parser = argparse.ArgumentParser(prog="python -m tools.mutants")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only: {', '.join(suites)}")
    parser.add_argument("--workers", type=positive, default=1, help="mutants at a time")
    options = parser.parse_args(arguments)
    for name in options.names:
        if name not in suites:
            parser.error(f"there is no {name}.{did_you_mean(name, suites)}")
    if not MUTMUT.exists():
        print("mutmut is not installed. Run `make mutants`, which installs it.", file=sys.stderr)
        return NO_RUN
    mutants: list[Mutant] = []
    for name in options.names or suites:
        print(f"Mutants: {name}", flush=True)
        if not suites[name].run(str(options.workers)):
            return NO_RUN
        mutants += suites[name].results()
    verdict = evaluate(mutants, table["reasons"])
    write(verdict, LATEST)
    print(verdict.line())
    print(f"Survivors: {(LATEST / 'mutants.txt').relative_to(ROOT)}")
    return NOT_EXPLAINED if verdict.unexplained or verdict.idle else EXPLAINED


def evaluate(mutants: Iterable[Mutant], reasons: Reasons) -> Verdict:
    """What the mutants that were tried amount to, with the reasons of those that survived."""
    tried = [mutant for mutant in mutants if mutant.status != NOT_TRIED]
    survivors = [mutant for mutant in tried if mutant.survived]
    explained = [one for one in survivors if one.change in reasons.get(one.function, {})]
    used = {(mutant.function, mutant.change) for mutant in explained}
    functions = {mutant.function for mutant in tried}
    return Verdict(
        tried=len(tried),
        killed_by_tests=sum(mutant.status in KILLED for mutant in tried),
        caught_by_types=sum(mutant.status == BY_TYPES for mutant in tried),
        explained=len(explained),
        unexplained=[mutant for mutant in survivors if mutant not in explained],
        idle=[
            f"{function}: {change}"
            for function, changes in reasons.items()
            for change in changes
            if function in functions and (function, change) not in used
        ],
    )


def write(verdict: Verdict, into: Path) -> None:
    """Write ``mutants.json`` for programs and ``mutants.txt`` for who mends the tests."""
    into.mkdir(parents=True, exist_ok=True)
    facts = {"score": verdict.score, **asdict(verdict)}
    (into / "mutants.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False))
    told = [verdict.line(), *(f"idle reason: {reason}" for reason in verdict.idle)]
    told += [f"\n{one.name}: {one.status}\n{one.diff}" for one in verdict.unexplained]
    (into / "mutants.txt").write_text("\n".join(told) + "\n", encoding="utf-8")


def _link(link: Path, to: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(to)


def _tried(rules: str) -> dict[str, int | None]:
    from mutmut.mutation.data import SourceFileMutationData

    data = SourceFileMutationData(path=rules)
    data.load()
    return dict(data.exit_code_by_key)


def _mutant(name: str, rules: str, status: str) -> Mutant:
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    mutant = Mutant(name, function_of(name), "", status)
    if not mutant.survived:
        return mutant
    diff = get_diff_for_mutant(name, path=rules)
    return replace(mutant, change=change_in(diff), diff=diff)


def function_of(name: str) -> str:
    """The function that mutmut calls ``money.x_parse_amount__mutmut_1``: ``money.parse_amount``."""
    module, _, mangled = name.rpartition("__mutmut_")[0].rpartition(".")
    parts = mangled.removeprefix("x_").removeprefix("x").split("ǁ")
    return ".".join([module, *filter(None, parts)])


def change_in(diff: str) -> str:
    """The lines that a mutant brings, or what it leaves out where it brings none."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    brought = [line[1:].strip() for line in lines if line.startswith("+")]
    left_out = [line[1:].strip() for line in lines if line.startswith("-")]
    return " ".join(brought) or f"without {' '.join(left_out)}"


if __name__ == "__main__":
    sys.exit(main())
