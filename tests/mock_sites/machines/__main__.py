"""``python -m tests.mock_sites.machines 10000``: run random operations and print the result."""

from __future__ import annotations

import argparse
import random
import sys
import time
from itertools import count

from tests.mock_sites.machines import MACHINES
from tests.mock_sites.machines.machine import Machine, run

# A few runs at a time: the count is looked at in between.
BATCH = 5


def main() -> int:
    """Run the machines in turn until there were enough operations; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mock_sites.machines", description=__doc__
    )
    parser.add_argument("operations", type=int)
    names = {machine.__name__: machine for machine in MACHINES}
    parser.add_argument("--only", nargs="+", choices=names, default=list(names), metavar="MACHINE")
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    options, began = parser.parse_args(), time.monotonic()
    print(f"--seed {options.seed}", flush=True)
    for number, name in enumerate(options.only, start=1):
        machine, before = names[name], (Machine.operations, Machine.refusals)
        numbers = count(options.seed)
        while Machine.operations < options.operations * number / len(options.only):
            run(machine, BATCH, next(numbers))
        made, refused = Machine.operations - before[0], Machine.refusals - before[1]
        print(f"{name:<14} {made:>7} operations, {refused} of them refused", flush=True)
    seconds = time.monotonic() - began
    print(f"{Machine.operations} operations in {seconds:.0f} s, and everything held that must hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
