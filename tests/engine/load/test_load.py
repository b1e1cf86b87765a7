"""``checkout-conformance load`` as it is typed: virtual buyers on the mock sites."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import pytest

from checkout_conformance.processes.mock_stack import running_stack
from checkout_conformance.project import ROOT
from checkout_conformance.targets.control_client import ControlClient
from checkout_conformance.targets.target import Target

# Importing it here would have gevent replace what blocks in this process.
pytestmark = pytest.mark.skipif(find_spec("locust") is None, reason="Locust is not installed")

QUICK = ("--arrivals", "2", "--think", "0-0.1", "--seed", "3")
TOKEN = "STAGING_CONTROL_TOKEN"


def load(
    into: Path, *options: str, env: dict[str, str] | None = None
) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """A load, and what it has counted."""
    done = subprocess.run(
        [sys.executable, "-m", "checkout_conformance", "load", "--into", str(into), *options],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=110,
    )
    facts = into / "load.json"
    return done, json.loads(facts.read_text()) if facts.exists() else {}


def rows(counted: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in counted["rows"] if row["kind"] == kind}


def test_every_procedure_is_walked_clause_by_clause_and_the_books_are_right(
    tmp_path: Path,
) -> None:
    done, counted = load(tmp_path, *QUICK, "--seconds", "8", "--workers", "2")

    assert done.returncode == 0, done.stdout + done.stderr
    visits, clauses = rows(counted, "visit"), rows(counted, "clause")
    assert set(visits) == {"W1", "W2", "C1", "C2", "C3"}
    assert sum(row["failures"] for row in visits.values()) == 0
    last = {"W1": "W1.6", "W2": "W2.6", "C1": "C1.7", "C2": "C2.6", "C3": "C3.6"}
    assert {name: clauses[clause]["times"] for name, clause in last.items()} == {
        name: row["times"] for name, row in visits.items()
    }
    # Each visit is counted once, in whichever worker it was.
    arrived = int(done.stdout.partition(" buyers come")[0])
    assert sum(row["times"] for row in visits.values()) == arrived
    assert sum(counted["visits_by_second"].values()) == arrived
    assert "GET wallet /pay" in rows(counted, "address")
    assert "The books are right" in done.stdout


def test_a_threshold_that_does_not_hold_gives_the_status(tmp_path: Path) -> None:
    done, _ = load(
        tmp_path, *QUICK, "--seconds", "3", "--procedure", "W1", "--threshold", "W1.4 p95 < 1 ms"
    )

    assert done.returncode == 1
    assert "Threshold: W1.4 p95 < 1 ms: W1.4 took" in done.stdout


def test_a_load_on_sites_of_a_team_never_spends_more_than_its_file_allows(
    tmp_path: Path,
) -> None:
    options = ["--json", "--port-base", "0", "--data", str(tmp_path / "data"), "--controls"]
    with running_stack(tmp_path, [sys.executable, "-m", "mock_sites", *options]) as staging:
        sites = [
            f'[sites.{name}]\nurl = "{url}"\ncontrol_token_env = "{TOKEN}"'
            for name, url in staging.urls.items()
        ]
        allowed = "[load]\narrivals_per_second = 2\nbuyers = 300\n[spend]\nRUB = 700\n"
        # The totals of the pages, not the balance beside them.
        where = '[amounts]\nwithin = "main"\n'
        file = tmp_path / "staging.toml"
        file.write_text("\n".join(['name = "staging"', *sites, allowed, where]))
        done, counted = load(
            tmp_path / "out",
            *(*QUICK, "--seconds", "6", "--procedure", "W1", "--target", str(file)),
            *("--workers=2", "--buyers", "2"),
            env={TOKEN: staging.control_token},
        )
        assert done.returncode == 1, done.stdout + done.stderr
        walked = rows(counted, "visit")["W1"]
        refused = [one for one in counted["failures"] if "SpendingError" in one["reason"]]
        assert sum(one["times"] for one in refused) == walked["failures"]
        target = Target("staging", "en").found_at(staging.urls, staging.control_token)
        with closing(ControlClient(target)) as controls:
            assert controls.get("wallet", "/_control/books")["discrepancies"] == []
    # Half is each worker's. Of a visit the check page and the code page may pay, 150.00 each.
    assert walked["times"] - walked["failures"] == 2


def test_locust_is_not_imported_without_need() -> None:
    code = (
        "import sys, checkout_conformance.cli, checkout_conformance.load.command, steps.content;"
        "sys.exit(bool({'locust', 'gevent'} & sys.modules.keys()))"
    )

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_a_worker_that_is_lost_leaves_no_result(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "checkout_conformance", "load", "--into", str(tmp_path)]
    options = ["--seconds", "20", "--procedure", "W1", "--workers", "2"]
    with subprocess.Popen(
        [*command, *QUICK, *options], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert "buyers come" in running.stdout.readline()
        next(workers_of(running.pid)).kill()

    # It may have had a share, or not yet.
    assert running.returncode == 2


def workers_of(pid: int) -> Iterator[psutil.Process]:
    """The workers below a load, once there are two."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        below = psutil.Process(pid).children(recursive=True)
        found = [one for one in below if "checkout_conformance.load.worker" in one.cmdline()]
        if len(found) == 2:
            yield from found
            return
        threading.Event().wait(0.1)
    raise AssertionError("there are not two workers")


def test_workers_of_other_machines_take_their_share(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    other = [sys.executable, "-m", "checkout_conformance.load.worker", "127.0.0.1", port]
    with subprocess.Popen(other, cwd=ROOT) as worker:
        try:
            done, counted = load(
                tmp_path,
                *(*QUICK, "--seconds", "4", "--procedure", "W1"),
                *("--more-workers", "1", "--port", port),
            )
        finally:
            worker.terminate()

    assert done.returncode == 0, done.stdout + done.stderr
    arrived = int(done.stdout.partition(" buyers come")[0])
    assert rows(counted, "visit")["W1"]["times"] == arrived
