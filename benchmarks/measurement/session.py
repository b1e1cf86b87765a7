"""A benchmark session: runs all commands in interleaved rounds and prints progress."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.measurement.command import RunFailed
from benchmarks.measurement.noise import Noise


class PeerMissing(Exception):
    """A peer cannot be measured on this machine. The message says what it lacks."""


Measured = dict[str, tuple[float, ...]]


@dataclass
class BenchmarkSession:
    """Runs interleaved rounds; times a reference before each run to detect a busy machine."""

    rounds: int
    noise: Noise = field(default_factory=Noise)
    missing: dict[str, str] = field(default_factory=dict)

    def interleave(self, part: str, runs: Mapping[str, Callable[[], float]]) -> Measured:
        """Return the values of each run by round; a run that fails is skipped and listed."""
        found: dict[str, list[float]] = {name: [] for name in runs}
        for number in range(1, self.rounds + 1):
            for name in [name for name in runs if name in found]:
                self.noise.sample()
                try:
                    found[name].append(self._timed(f"{part}, round {number}: {name}", runs[name]))
                except (PeerMissing, RunFailed) as failure:
                    self._skip(name, failure)
                    del found[name]
        return {name: tuple(values) for name, values in found.items()}

    def _timed(self, what: str, run: Callable[[], float]) -> float:
        began = time.monotonic()
        value = run()
        say(f"{what}: {value:.3g} ({time.monotonic() - began:.0f} s)")
        return value

    def _skip(self, name: str, failure: Exception) -> None:
        lines = str(failure).strip().splitlines() or [type(failure).__name__]
        self.missing[name] = lines[0] if isinstance(failure, PeerMissing) else _reason(lines)
        say(f"{name} is skipped: {failure}")


def _reason(lines: Sequence[str]) -> str:
    """The last line that names an error, or the last one."""
    return next((line for line in reversed(lines) if "error" in line.lower()), lines[-1]).strip()


def say(what: str) -> None:
    """Print progress."""
    print(what, file=sys.stderr, flush=True)
