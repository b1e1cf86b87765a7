"""``python -m tools.mutants``: change the sites' rules one by one, and see that a check notices.

mutmut makes the mutants and tries each: ``[tool.mutmut]`` in pyproject.toml says of which rules,
and which tests judge them beside mypy. Here their results are weighed. A survivor is a test that
is missing, or it cannot matter: then ``tests/mutants.toml`` says why.

Exit status: 0 if no survivor is without its reason and no reason without its survivor, 1 if not,
2 if the run did not come to its end.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tools import ROOT

REASONS = ROOT / "tests" / "mutants.toml"
LATEST = ROOT / "reports" / "latest"
EXPLAINED, NOT_EXPLAINED, NO_RUN = 0, 1, 2
KILLED, BY_TYPES, NOT_TRIED = {"killed", "timeout"}, "caught by type check", "not checked"
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
    """Run mutmut, weigh what it found, and return the exit status for the shell."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these: mock_sites.money.*")
    parser.add_argument("--workers", default="1", help="mutants at a time")
    options = parser.parse_args(arguments)
    command = [str(Path(sys.executable).parent / "mutmut"), "run", "--max-children"]
    if subprocess.run([*command, options.workers, *options.names], check=False).returncode:
        return NO_RUN
    mutants = read_mutants()
    if not options.names and any(mutant.status == NOT_TRIED for mutant in mutants):
        return NO_RUN
    verdict = weigh(mutants, tomllib.loads(REASONS.read_text(encoding="utf-8")))
    write(verdict, LATEST)
    print(verdict.line())
    print(f"Survivors: {(LATEST / 'mutants.txt').relative_to(ROOT)}")
    return NOT_EXPLAINED if verdict.unexplained or verdict.idle else EXPLAINED


def weigh(mutants: Iterable[Mutant], reasons: Reasons) -> Verdict:
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


def read_mutants() -> list[Mutant]:
    """Every mutant that mutmut has made here, with what became of it."""
    from mutmut.mutation.data import SourceFileMutationData
    from mutmut.stats import status_by_exit_code
    from mutmut.utils.file_utils import walk_mutatable_files

    found = []
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            found.append(_mutant(name, path, status_by_exit_code[code]))
    return found


def _mutant(name: str, path: Path, status: str) -> Mutant:
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    mutant = Mutant(name, function_of(name), "", status)
    if not mutant.survived:
        return mutant
    diff = get_diff_for_mutant(name, path=path)
    return Mutant(name, mutant.function, change_in(diff), status, diff)


def function_of(name: str) -> str:
    """``mock_sites.money.typed_amount`` for what mutmut calls ``mock_sites.money.x_typed_…``."""
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
