"""The canaries of a load: processes that walk in real browsers while it goes on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from checkout_conformance.load.job import CanaryCounted, CanaryJob
from checkout_conformance.targets.file import SafetyRefusal, TargetFile

COMMAND = (sys.executable, "-m", "checkout_conformance.load.canary")
# The visit under way may wait for every page of its clauses.
SECONDS_TO_END = 120.0
MOCKS_ONLY = (
    "The load did not start and nothing was sent: {target} has sites of its own. A canary presses"
    " in a browser without the limits of [spend] and [load], so it walks mock sites only. Leave"
    " --canaries out."
)


class CanaryLost(Exception):
    """A canary ended before it had counted."""


def require_mock_sites(file: TargetFile) -> None:
    """Raise SafetyRefusal if the target has sites of its own."""
    if file.sites:
        raise SafetyRefusal(MOCKS_ONLY.format(target=file.name))


@contextmanager
def running_canaries(jobs: Sequence[CanaryJob]) -> Iterator[Callable[[], CanaryCounted]]:
    """Run a canary for each job while the block runs.

    The function that is yielded ends them, and returns what they have counted. It raises
    CanaryLost if one of them has not.
    """
    running: list[subprocess.Popen[str]] = []
    try:
        for job in jobs:
            process = subprocess.Popen(
                COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            running.append(process)
            assert process.stdin is not None
            process.stdin.write(job.model_dump_json() + "\n")
            process.stdin.flush()
        yield lambda: _counts_of(running)
    finally:
        for process in running:
            process.kill()
            process.communicate()


def _counts_of(running: Sequence[subprocess.Popen[str]]) -> CanaryCounted:
    together = CanaryCounted()
    for process in running:
        try:
            said, _ = process.communicate(timeout=SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            raise CanaryLost(f"a canary did not end within {SECONDS_TO_END:g} s") from None
        if process.returncode:
            raise CanaryLost("a canary gave no result: see above")
        counted = CanaryCounted.model_validate_json(said)
        together.rows += counted.rows
        together.failures += counted.failures
    return together
