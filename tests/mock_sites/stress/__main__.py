"""``python -m tests.mock_sites.stress``: 20,000 operations, with faults and kills."""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mock_sites.stress.run import Wanted, run


def main() -> int:
    """Make a run and tell what came of it; the exit status is 0 without a violation."""
    parser = argparse.ArgumentParser(prog="python -m tests.mock_sites.stress", description=__doc__)
    parser.add_argument("--operations", type=int, default=20_000)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**9))
    parser.add_argument("--database", default="", help="on PostgreSQL, with {site} in it")
    parser.add_argument("--workers", type=int, default=1, help="how many processes on PostgreSQL")
    options, began = parser.parse_args(), time.monotonic()
    wanted = Wanted(**vars(options))
    print(f"--seed {wanted.seed}", flush=True)
    with TemporaryDirectory(prefix="stress-") as folder:
        tally = run(wanted, Path(folder) / "data", lambda line: print(line, flush=True))
    for kind, times in tally.counted().items():
        print(f"{times:>7}  {kind}")
    for violation in tally.violations:
        print(f"violation: {violation}")
    if tally.violations:
        print(f"the sites' log:\n{tally.log}")
    seconds = time.monotonic() - began
    print(
        f"{tally.begun} operations with {wanted.threads} threads and {wanted.kills} kills"
        f" in {seconds:.0f} s: {len(tally.violations)} violations"
    )
    return 1 if tally.violations else 0


if __name__ == "__main__":
    sys.exit(main())
