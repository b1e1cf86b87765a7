"""A run on a machine whose environment names a proxy that cannot be reached."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from checkout_conformance.targets.addresses import needs_proxy
from checkout_conformance.targets.target import Target
from steps.support.controls import Controls
from tests.support.served_stack import served_stack
from tests.support.stub_site import stub_site
from tests.support.visitor import HttpVisitor

PHONE = "+79161112233"
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> str:
    """A proxy in the environment, where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        proxy = f"http://127.0.0.1:{closed.getsockname()[1]}"
    for name in PROXIES:
        monkeypatch.setenv(name, proxy)
        monkeypatch.setenv(name.lower(), proxy)
    monkeypatch.setenv("NO_PROXY", "localhost")
    return proxy


def test_sites_that_are_started_behind_a_proxy_reach_each_other(
    tmp_path: Path, proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served_stack(tmp_path / "data") as stack:
        for name in PROXIES:
            monkeypatch.delenv(name)
            monkeypatch.delenv(name.lower())
        stack.add_buyer(PHONE)
        with closing(HttpVisitor(stack.address("wallet"))) as wallet:
            wallet.sign_in(PHONE)
            check = wallet.send("/pay/to/steam", account="night_owl_42", amount="150").url.path
            page = wallet.send(check).url.path
            receipt = wallet.send(page, code=stack.codes(PHONE)[-1])

    assert receipt.is_success
    assert receipt.url.path != page


@dataclass
class Described:
    """As much of a target as the controls ask for."""

    urls: Mapping[str, str] = field(default_factory=dict)
    control_tokens: Mapping[str, str] = field(default_factory=lambda: {"wallet": "tok-1"})

    def url(self, site: str, path: str) -> str:
        return self.urls[site] + path

    def require(self, *_: Any) -> None:
        pass

    def does_lack(self, *_: Any) -> bool:
        return False


@pytest.mark.usefixtures("proxy")
@pytest.mark.parametrize("beside", [{}, {"shop": "https://shop.example.com"}])
def test_the_controls_of_our_own_sites_are_used_past_the_proxy(beside: dict[str, str]) -> None:
    with stub_site({"/_control/clock": '{"now": "2026-11-26T12:00:00+00:00"}'}) as site:
        name = site.url.replace("127.0.0.1", "wallet.localhost")
        target = Described({"wallet": name, **beside})
        with closing(Controls(cast(Target, target))) as controls:
            assert controls.now().year == 2026


@pytest.mark.usefixtures("proxy")
def test_the_environments_proxy_is_used_for_other_machines_only() -> None:
    here = ["http://wallet.localhost:8100", "http://127.0.0.1", "http://[::1]:1"]
    assert not needs_proxy(*here)
    assert needs_proxy(*here, "https://shop.example.com")
    assert needs_proxy("http://localhost.example.com")
    with stub_site({"/": "OK"}) as site:
        assert httpx.get(site.url, trust_env=needs_proxy(site.url)).is_success
