"""Sites that several processes serve, as the command line starts them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mock_sites.__main__ import main
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
