"""``python -m benchmarks.harnesses.with_sites STACKS COMMAND…``: serve sites while a command runs.

What walks them learns from the environment where they are, and which browser to start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.peers.stack import STACKS
from checkout_conformance.drivers.chromium import find_chromium, launch_args
from checkout_conformance.processes.mock_stack import MockStack, running_stack
from checkout_conformance.targets.addresses import on_loopback


def main(arguments: list[str]) -> int:
    """Run the command; its exit status."""
    count, *command = arguments
    with running_stacks(int(count)) as stacks:
        return subprocess.run(command, env={**os.environ, **facts_of(stacks)}).returncode


@contextmanager
def running_stacks(count: int) -> Iterator[list[MockStack]]:
    """Serve stacks of sites while the block runs. They start at the same time, as workers' do."""
    with ExitStack() as exits:
        folders = [exits.enter_context(tempfile.TemporaryDirectory()) for _ in range(count)]
        stacks = [running_stack(Path(folder)) for folder in folders]
        with ThreadPoolExecutor(count) as pool:
            running = list(pool.map(exits.enter_context, stacks))
        yield running


def facts_of(stacks: Sequence[MockStack]) -> dict[str, str]:
    """What a walk has to know, as environment variables."""
    return {
        STACKS: json.dumps([_places(stack) for stack in stacks]),
        "WALK_BROWSER": str(find_chromium() or ""),
        "WALK_BROWSER_ARGS": json.dumps(launch_args()),
    }


def _places(stack: MockStack) -> dict[str, str]:
    return {
        "wallet": stack.urls["wallet"],
        "wallet_on_loopback": on_loopback(stack.urls["wallet"]),
        "phone_on_loopback": on_loopback(stack.urls["phone"]),
        "token": stack.control_token,
        "merchant_key": stack.merchant_key,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
