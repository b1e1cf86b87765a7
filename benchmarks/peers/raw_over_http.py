"""The lower bound over HTTP: ``python -m benchmarks.peers.raw_over_http 60`` runs walk W1 often."""

from __future__ import annotations

import sys
from contextlib import closing

from benchmarks.peers.http_walk import HttpWalk, new_client
from benchmarks.peers.sites import Sites
from benchmarks.peers.whole_walk import whole_way


def main(arguments: list[str]) -> int:
    """Run the walk N times; the exit status."""
    with closing(Sites()) as sites, new_client() as client:
        for _ in range(int(arguments[0])):
            whole_way(HttpWalk(client, sites))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
