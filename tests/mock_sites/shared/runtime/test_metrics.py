"""What the sites count for Prometheus."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from mock_sites.__main__ import main
from tests.mock_sites.together.test_stack_under_pressure import wait_until
from tests.support.served_stack import ServedStack, start_stack
from tests.support.visitor import HttpVisitor

PHONE = "+79160000078"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedStack]:
    stack = start_stack(tmp_path_factory.mktemp("sites") / "data", more=["--metrics"])
    yield stack
    stack.stop()


def metrics(stack: ServedStack, site: str = "phone") -> httpx.Response:
    headers = {"Authorization": f"Bearer {stack.facts['control_token']}"}
    return httpx.get(f"{stack.address(site)}/_control/metrics", headers=headers, timeout=30)


def count(stack: ServedStack, name: str, **labels: str) -> float:
    """The sum of the samples of a name that have these labels."""
    families = text_string_to_metric_families(metrics(stack).text)
    samples = [sample for family in families for sample in family.samples if sample.name == name]
    return sum(one.value for one in samples if labels.items() <= one.labels.items())


def requests(stack: ServedStack, **labels: str) -> float:
    return count(stack, "mock_sites_requests_total", **labels)


def timed(stack: ServedStack, **labels: str) -> float:
    return count(stack, "mock_sites_request_seconds_count", **labels)


def deliveries(stack: ServedStack, result: str) -> float:
    name, sender = "mock_sites_deliveries_total", "wallet notifications"
    return count(stack, name, sender=sender, result=result)


def pay_an_order(stack: ServedStack) -> None:
    """Have the wallet tell the shop that an order was paid."""
    stack.add_buyer(PHONE)
    wanted = {"phone": PHONE, "products": [{"product": "black-tea"}]}
    order = stack.control("shop", "POST", "/orders", wanted)
    code = f"/invoices/{order['invoice']}/code"
    path = stack.control("wallet", "POST", code, {"phone": PHONE})["path"]
    with closing(HttpVisitor(stack.address("wallet"))) as buyer:
        buyer.sign_in(PHONE)
        buyer.send(path, code=stack.codes(PHONE)[-1])


def test_requests_are_counted_by_site_route_and_status(stack: ServedStack) -> None:
    signing_in = {"site": "wallet", "method": "GET", "route": "/sign-in", "status": "200"}
    page = {"site": "wallet", "route": "/sign-in"}
    before, timed_before = requests(stack, **signing_in), timed(stack, **page)

    for _ in range(3):
        assert httpx.get(f"{stack.address('wallet')}/sign-in").status_code == 200

    assert requests(stack, **signing_in) == before + 3
    assert timed(stack, **page) == timed_before + 3


def test_an_address_and_a_method_of_the_callers_own_are_no_labels(stack: ServedStack) -> None:
    httpx.request("SECRET", f"{stack.address('shop')}/secret-4111111111111111?code=123456")

    assert requests(stack, site="shop", method="other", route="none") == 1
    assert "secret" not in metrics(stack).text.lower()


def test_a_connection_that_a_fault_cuts_is_counted(stack: ServedStack) -> None:
    fault = {"place": "page", "kind": "down", "path": "/sign-in", "times": 1}
    stack.control("vault", "POST", "/faults", fault)

    with pytest.raises(httpx.HTTPError):
        httpx.get(f"{stack.address('vault')}/sign-in")

    assert requests(stack, site="vault", route="/sign-in", status="cut") == 1


def test_deliveries_are_counted_by_their_result(stack: ServedStack) -> None:
    merchant = stack.facts["merchants"][0]["site_id"]
    fault = {"place": "notification", "kind": "lost", "times": 1, "merchant": merchant}
    stack.control("wallet", "POST", "/faults", fault)

    pay_an_order(stack)

    wait_until(lambda: deliveries(stack, "failed") == 1)
    stack.control("wallet", "POST", "/clock", {"advance_seconds": 60})
    wait_until(lambda: deliveries(stack, "acknowledged") == 1)


def test_metrics_need_the_control_token(stack: ServedStack) -> None:
    assert httpx.get(f"{stack.address('wallet')}/_control/metrics").status_code == 401


def test_what_is_not_counted_is_not_there(tmp_path: Path) -> None:
    stack = start_stack(tmp_path / "data", sites=["phone"])
    try:
        answer = metrics(stack)
        assert (answer.status_code, "--metrics" in answer.text) == (404, True)
    finally:
        stack.stop()


def test_all_processes_are_counted_and_one_that_dies_is_not_forgotten(
    tmp_path: Path, site_databases: str
) -> None:
    more = ["--database", site_databases, "--workers", "2", "--metrics"]
    stack = start_stack(tmp_path / "data", more=more)
    try:
        # Each request opens a connection, and the system spreads them over the processes.
        for _ in range(20):
            httpx.get(f"{stack.address('wallet')}/sign-in")
        assert requests(stack, site="wallet", route="/sign-in") == 20

        first, _ = stack.serving()
        first.kill()
        wait_until(lambda: len(stack.serving()) == 2)

        assert requests(stack, site="wallet", route="/sign-in") == 20
    finally:
        stack.stop()


def test_metrics_without_controls_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--port-base", "0", "--metrics"])

    assert "--controls" in capsys.readouterr().err


def test_the_library_is_not_imported_without_need() -> None:
    code = "import sys, mock_sites.__main__; sys.exit('prometheus_client' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
