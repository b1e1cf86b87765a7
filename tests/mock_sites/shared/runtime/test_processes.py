"""Sites that several processes serve, as the command line starts them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from checkout_conformance.project import ROOT
from mock_sites.__main__ import main
from mock_sites.shared.runtime.processes import LONGEST_PAUSE_SECONDS, MOST_STARTS, pause_after
from tests.mock_sites.together.test_stack_under_pressure import wait_until
from tests.support.served_stack import ServedStack, start_stack

PHONE = "+79160000077"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, site_databases: str) -> Iterator[ServedStack]:
    data = tmp_path_factory.mktemp("sites") / "data"
    more = ["--database", site_databases, "--workers", "2", "--log-format", "json"]
    stack = start_stack(data, more=more)
    yield stack
    stack.stop()


def is_ready(stack: ServedStack, site: str) -> bool:
    return httpx.get(f"{stack.address(site)}/_health/ready").text == "ready"


def test_several_processes_on_sqlite_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--port-base", "0", "--workers", "2"])

    assert "several processes need PostgreSQL" in capsys.readouterr().err


def test_each_process_sees_what_another_one_has_done(stack: ServedStack) -> None:
    assert len(stack.serving()) == 2
    assert is_ready(stack, "shop")
    stack.add_buyer(PHONE)

    before = stack.control("wallet", "GET", "/clock")["now"]
    stack.control("wallet", "POST", "/clock", {"advance_seconds": 3600})

    # Each request opens a connection, and the system spreads them over the processes.
    moments = [stack.control("shop", "GET", "/clock")["now"] for _ in range(12)]
    assert min(moments) > before
    assert len({moment[:13] for moment in moments}) == 1


def test_a_process_that_dies_is_replaced_and_the_others_go_on(stack: ServedStack) -> None:
    first, second = stack.serving()
    first.kill()

    wait_until(lambda: len(stack.serving()) == 2)

    assert second in stack.serving()
    assert first not in stack.serving()
    wait_until(lambda: is_ready(stack, "vault"))


def test_a_taken_port_is_refused(
    stack: ServedStack, tmp_path: Path, site_databases: str, capsys: pytest.CaptureFixture[str]
) -> None:
    port = f"shop={stack.port('shop')}"
    options = ["--data", str(tmp_path), "--database", site_databases, "--workers", "2"]

    assert main(["--port-base", "0", "--port", port, *options]) == 1

    assert "Choose other ports" in capsys.readouterr().err


def test_stopping_ends_all_processes(tmp_path: Path, site_databases: str) -> None:
    stack = start_stack(tmp_path / "data", more=["--database", site_databases, "--workers", "2"])
    serving = stack.serving()

    stack.stop()

    wait_until(lambda: not any(each.is_running() for each in serving))


def test_the_log_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    import logging

    from mock_sites.shared.runtime.logs import JsonLines

    record = logging.LogRecord("site", logging.ERROR, "", 0, "a %s failed", ("page",), None)

    facts = json.loads(JsonLines().format(record))

    assert (facts["level"], facts["logger"], facts["message"]) == ("error", "site", "a page failed")


# Its second process dies as it starts. Prints how many have begun to start, by then.
DIES_AS_IT_STARTS = """
import os, signal, sys
from pathlib import Path
from threading import Thread
from mock_sites.shared.runtime.processes import Processes
from mock_sites.shared.runtime.stop_signal import StopSignal

starts = Path(sys.argv[1])
deadly = int(sys.argv[2])

def serve(stop, has_begun):
    with starts.open("a") as file:
        file.write("x")
    started = len(starts.read_text())
    if 1 < started <= 1 + deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    has_begun()
    if started == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getppid(), signal.SIGTERM)
    stop.wait()

processes = Processes(1, serve)
processes.keep(StopSignal(), lambda pid: None)
"""


def starts_with(tmp_path: Path, deadly: int) -> tuple[int, str]:
    """How often processes are started if a number of them die at once; what is said of it."""
    starts = tmp_path / "starts"
    command = [sys.executable, "-c", DIES_AS_IT_STARTS, str(starts), str(deadly)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT)
    return len(starts.read_text()), ended.stderr


def test_a_process_that_dies_as_it_takes_anothers_place_is_replaced_too(tmp_path: Path) -> None:
    assert starts_with(tmp_path, deadly=1) == (3, "")


def test_it_ends_if_no_process_comes_to_serve(tmp_path: Path) -> None:
    starts, errors = starts_with(tmp_path, deadly=100)

    assert starts == 1 + MOST_STARTS
    assert "StartError" in errors


# Its process dies as soon as it serves, again and again. Prints the seconds that six deaths took.
DIES_AS_IT_SERVES = """
import os, signal
from time import monotonic
from mock_sites.shared.runtime.processes import Processes
from mock_sites.shared.runtime.stop_signal import StopSignal

def serve(stop, has_begun):
    has_begun()
    os.kill(os.getpid(), signal.SIGKILL)

deaths = []

def note(pid):
    deaths.append(monotonic())
    if len(deaths) == 6:
        os.kill(os.getpid(), signal.SIGTERM)

Processes(1, serve).keep(StopSignal(), note)
print(deaths[-1] - deaths[0])
"""


def test_a_process_that_dies_again_and_again_is_replaced_ever_later() -> None:
    command = [sys.executable, "-c", DIES_AS_IT_SERVES]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT)

    assert ended.returncode == 0, ended.stderr
    assert float(ended.stdout) >= sum(pause_after(deaths) for deaths in range(1, 6))


def test_the_pause_grows_to_a_limit() -> None:
    pauses = [pause_after(deaths) for deaths in range(1, 30)]

    assert pauses[:4] == [0.0, 0.1, 0.2, 0.4]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE_SECONDS
