"""The stack of sites of this worker, as ``benchmarks.harnesses.with_sites`` tells it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

STACKS, WORKER = "WALK_STACKS", "WALK_WORKER"


def own_stack() -> Mapping[str, str]:
    """The addresses and keys of this worker's sites."""
    stacks: list[dict[str, str]] = json.loads(os.environ[STACKS])
    return stacks[_worker() % len(stacks)]


def _worker() -> int:
    """The number of this worker: that of a command side by side with others, or xdist's."""
    said = os.environ.get(WORKER) or os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return int(said.removeprefix("gw"))
