"""``python -m benchmarks.with_sites COMMAND…``: serve the sites while a command runs.

What walks them learns from the environment where they are, and which browser to start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from checkout_conformance.drivers.chromium import find_chromium, launch_args
from checkout_conformance.processes.mock_stack import MockStack, running_stack
from checkout_conformance.targets.addresses import on_loopback


def main(command: list[str]) -> int:
    """Run the command; its exit status."""
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        return subprocess.run(command, env={**os.environ, **facts_of(stack)}).returncode


def facts_of(stack: MockStack) -> dict[str, str]:
    """What a walk has to know, as environment variables."""
    return {
        "WALK_WALLET": stack.urls["wallet"],
        "WALK_WALLET_CONTROLS": on_loopback(stack.urls["wallet"]),
        "WALK_PHONE_CONTROLS": on_loopback(stack.urls["phone"]),
        "WALK_TOKEN": stack.control_token,
        "WALK_MERCHANT_KEY": stack.merchant_key,
        "WALK_BROWSER": str(find_chromium() or ""),
        "WALK_BROWSER_ARGS": json.dumps(launch_args()),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
