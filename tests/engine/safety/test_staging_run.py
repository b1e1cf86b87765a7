"""Runs on sites that are none of the run's own, by a target's file alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import create_server

import pytest

from checkout_conformance.content import site_names
from checkout_conformance.processes.mock_stack import MockStack, running_stack
from checkout_conformance.project import ROOT, TARGETS
from checkout_conformance.statuses import REFUSED_BY_PYTEST
from checkout_conformance.targets.addresses import on_loopback
from checkout_conformance.targets.reading import read_file
from tests.support.relabelled_sites import LABELS
from tests.support.stub_site import stub_site

TOKEN, KEY, PASSWORD = "STAGING_CONTROL_TOKEN", "STAGING_MERCHANT_KEY", "ANNAS_PASSWORD"
WALK = "an_order_is_paid_from_the_wallet_from_start_to_finish"
SITE = """
[sites.{name}]
url = "{url}"
control_token_env = "{token}"
"""
MANY = 10_000
# What a target's file says holds for both drivers; HTTP is the faster one.
OVER_HTTP = ("--driver", "http")


@pytest.fixture(scope="module")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MockStack]:
    """Sites with labels of their own, in a process that the run did not start."""
    folder = tmp_path_factory.mktemp("staging")
    options = ["--json", "--port-base", "0", "--data", str(folder / "data"), "--controls"]
    with running_stack(
        folder, [sys.executable, "-m", "tests.support.relabelled_sites", *options]
    ) as staging:
        yield staging


def described(staging: MockStack, more: str = "", top: str = "") -> str:
    """The file of that target: addresses, labels, a cap; ``top`` stands before the tables."""
    sites = [SITE.format(name=name, url=url, token=TOKEN) for name, url in staging.urls.items()]
    labels = [f'"{ours}" = "{theirs}"' for ours, theirs in LABELS.items()]
    return "\n".join(
        [
            'name = "other-labels"',
            top,
            *sites,
            f'[merchant]\nsecret_key_env = "{KEY}"\n\n[labels]',
            *labels,
            more or f"[spend]\nRUB = {MANY}",
        ]
    )


class Run:
    """A run of the suite on a target's file."""

    def __init__(self, folder: Path, text: str, staging: MockStack | None, *options: str) -> None:
        file = folder / "staging.toml"
        file.write_text(text)
        self.results = folder / "results"
        self.secrets = [staging.control_token, staging.merchant_key] if staging else []
        secrets = dict(zip((TOKEN, KEY), self.secrets, strict=False))
        secrets |= {PASSWORD: staging.buyers[0]["password"]} if staging else {}
        command = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:cacheprovider"]
        command += ["--target", str(file), "--alluredir", str(self.results), *options]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **secrets},
            capture_output=True,
            text=True,
            timeout=110,
        )
        self.status = done.returncode
        self.printed = done.stdout + done.stderr

    def scenarios(self) -> list[dict[str, str]]:
        """What Allure was told of each: its status, its message, its target."""
        results = [json.loads(file.read_text()) for file in self.results.glob("*-result.json")]
        return [
            {
                "status": one["status"],
                "message": one.get("statusDetails", {}).get("message", ""),
                "target": {each["name"]: each["value"] for each in one["labels"]}["target"],
            }
            for one in results
        ]


def test_the_suite_runs_on_other_sites_with_other_labels(
    staging: MockStack, tmp_path: Path
) -> None:
    run = Run(
        tmp_path,
        described(staging),
        staging,
        "-k",
        f"{WALK} or the_first_card_is_linked_from_start",
        *OVER_HTTP,
    )
    assert run.status == 0, run.printed
    assert {one["target"] for one in run.scenarios()} == {"other-labels"}
    assert {one["status"] for one in run.scenarios()} == {"passed"}


def test_side_effects_are_listed_without_secrets(staging: MockStack, tmp_path: Path) -> None:
    # A label that is not there has the run fail, and take all the evidence it can.
    text = described(staging).replace('"Look at them"', '"Look at it"')
    run = Run(tmp_path, text, staging, "-k", WALK, "--traces", "full")
    assert run.status == 1, run.printed
    assert "made on other-labels" in run.printed
    assert "1 × an account, with the wallet: still there" in run.printed
    assert re.search(r'1 × an order, by "Confirm order" on \S+: undone', run.printed)
    assert re.search(r"1 × a line in the cart, .*: undone", run.printed)
    left = b"".join(file.read_bytes() for file in run.results.iterdir()) + run.printed.encode()
    assert run.secrets
    assert not [secret for secret in run.secrets if secret.encode() in left]


def test_a_buyer_of_the_file_signs_in_and_the_password_is_nowhere(
    staging: MockStack, tmp_path: Path
) -> None:
    person = staging.buyers[0]
    buyer = (
        f'[[buyers]]\nname = "Anna"\nphone = "{person["phone"]}"\n'
        f'password_env = "{PASSWORD}"\nsites = ["shop"]\n'
    )
    text = described(staging, buyer, top='lacks = ["accounts", "balances"]')
    options = ["-k", "removed_from_the_cart or an_order_is_paid_from"]
    run = Run(tmp_path, text, staging, *options, *OVER_HTTP)
    assert sorted(one["status"] for one in run.scenarios()) == ["passed", "skipped"], run.printed
    left = b"".join(file.read_bytes() for file in run.results.iterdir()) + run.printed.encode()
    assert person["password"].encode() not in left


def test_a_label_that_differs_from_the_file_is_a_deviation(
    staging: MockStack, tmp_path: Path
) -> None:
    text = described(staging).replace('"Cart" = "Basket"', "")
    run = Run(tmp_path, text, staging, "-k", WALK, *OVER_HTTP)
    assert run.status == 1
    assert "W2.1" in run.scenarios()[0]["message"]


def test_a_capability_that_the_target_lacks_is_not_offered(
    staging: MockStack, tmp_path: Path
) -> None:
    text = described(staging, top='lacks = ["balances"]')
    run = Run(tmp_path, text, staging, "-k", WALK, *OVER_HTTP)
    assert [one["status"] for one in run.scenarios()] == ["skipped"]
    assert "not offered by the target: balances" in run.scenarios()[0]["message"]


def test_a_missing_capability_that_the_target_claims_fails(
    staging: MockStack, tmp_path: Path
) -> None:
    text = described(staging).replace(f'control_token_env = "{TOKEN}"', "")
    run = Run(tmp_path, text, staging, "-k", WALK, *OVER_HTTP)
    assert run.status == 1
    assert "claims to offer what the wallet's test controls do" in run.printed


def test_a_run_that_would_spend_too_much_presses_no_further(
    staging: MockStack, tmp_path: Path
) -> None:
    text = described(staging, "[spend]\nRUB = 2000")
    run = Run(tmp_path, text, staging, "-k", WALK, *OVER_HTTP)
    assert run.status == 1
    assert "the target's file allows 2000. Nothing was pressed" in run.printed


def test_workers_do_not_share_a_clock(tmp_path: Path) -> None:
    with stub_site({}) as shop:
        text = f'name = "x"\n[sites.shop]\nurl = "{shop.url}"'
        run = Run(tmp_path, text, None, "-n", "2")
        assert run.status == pytest.ExitCode.USAGE_ERROR
        assert "has one clock for 2 workers" in run.printed
        assert shop.log == []


def test_a_site_without_a_marker_is_not_changed(tmp_path: Path) -> None:
    with stub_site({"/": "<main>A shop</main>"}) as shop:
        text = f'name = "x"\nlacks = ["clock"]\n[sites.shop]\nurl = "{shop.url}"'
        run = Run(tmp_path, text, None, "-k", "first_card", "-n", "2")
        assert run.status == REFUSED_BY_PYTEST
        assert "The run did not start and nothing was changed" in run.printed
        assert shop.log == ["GET /.well-known/checkout-test-instance"]


def test_a_shop_of_their_own_beside_our_wallet_phone_and_vault(tmp_path: Path) -> None:
    ours, data = free_ports_in_a_row(), tmp_path / "theirs"
    options = ["--json", "--port-base", "0", "--data", str(data), "--controls", "--sites", "shop"]
    for number, site in enumerate(site_names()):
        if site != "shop":
            options += ["--elsewhere", f"{site}=http://{site}.localhost:{ours + number}"]
    with running_stack(tmp_path, [sys.executable, "-m", "mock_sites", *options]) as theirs:
        keys = json.loads((data / "keys.json").read_text())
        told = f"{on_loopback(theirs.urls['shop'])}/notifications/qiwi"
        merchant = {**keys["merchant"], "notification_url": told}
        keys_file = tmp_path / "merchant.json"
        keys_file.write_text(json.dumps({"merchant": merchant, "vault": keys["vault"]}))
        run = Run(
            tmp_path,
            'name = "their-shop"\nlacks = ["clock", "faults"]\n'
            + SITE.format(name="shop", url=theirs.urls["shop"], token=TOKEN)
            + f'[mocks]\nsites = ["wallet", "vault", "phone"]\nport_base = {ours}\n'
            + f'keys_file = "{keys_file}"\n[spend]\nRUB = {MANY}',
            theirs,
            *["-k", f"{WALK} or starting_from_the_shop", "-n", "2", *OVER_HTTP],
        )
    assert run.status == 0, run.printed
    assert {one["status"] for one in run.scenarios()} == {"passed"}


def free_ports_in_a_row() -> int:
    """The first of as many ports in a row as there are sites, that nobody listens on."""
    count = len(site_names())
    for base in range(20_000, 30_000, count):
        try:
            for port in range(base, base + count):
                create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return base
    raise AssertionError(f"no {count} ports in a row are free")


def test_a_dry_run_prints_what_would_be_pressed_and_sends_nothing(tmp_path: Path) -> None:
    with stub_site({}) as shop:
        text = f'name = "x"\n[sites.shop]\nurl = "{shop.url}"\n[labels]\n"View" = "Look"'
        run = Run(tmp_path, text, None, "-k", WALK, "--dry-run", "-n", "2")
        assert run.status == 0, run.printed
        assert "W2.3" in run.printed
        assert 'When the buyer presses "View" → «Look»' in run.printed
        assert shop.log == []


def test_the_example_of_a_file_has_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("ANN_PASSWORD", "SHOP_MERCHANT_KEY"):
        monkeypatch.setenv(variable, "env-value-1")
    example = read_file(TARGETS / "staging.example.toml")
    assert example.mocks
    assert example.mocks.port_base == 8100
