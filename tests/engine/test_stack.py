"""The mock sites for any test suite."""

from __future__ import annotations

from pathlib import Path

import httpx

from checkout_conformance.stack import mock_stack
from checkout_conformance.targets.addresses import on_loopback


def test_a_stack_is_served_while_the_block_runs(tmp_path: Path) -> None:
    with mock_stack(["wallet", "phone"], data=tmp_path / "data") as stack:
        assert stack.urls.keys() == {"wallet", "phone"}
        assert stack.control_token
        address = on_loopback(stack.urls["wallet"])
        with httpx.Client(trust_env=False) as client:
            assert client.get(address, follow_redirects=True).status_code == 200
            assert (tmp_path / "data" / "keys.json").exists()
    with httpx.Client(trust_env=False) as client:
        try:
            client.get(address)
        except httpx.ConnectError:
            return
    raise AssertionError("the sites are still served")
