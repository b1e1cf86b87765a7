"""A team's own project, from an empty folder with the installed package only."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.packaging.installed import environment, said
from tests.packaging.test_wheel import OURS_ONLY

# An installed package compiles its modules first: on a busy machine that takes minutes.
pytestmark = pytest.mark.timeout(600)
LEFT_OUT = [word for name in OURS_ONLY for word in ("-p", f"no:{name}")]
OVER_HTTP = ["--driver", "http", "--workers", "0", "--no-allure", *LEFT_OUT]
OTHER_SUITE = """
import sys

def test_the_stack_is_served(checkout_stack):
    assert checkout_stack.urls.keys() == {"wallet", "shop", "vault", "phone", "acs"}
    assert checkout_stack.merchant_key

def test_nothing_else_is_loaded(pytestconfig):
    assert "checkout_conformance.plugin" not in sys.modules
    assert "checkout_conformance.fixtures" not in sys.modules
    assert not hasattr(pytestconfig.option, "target")
"""

OF_PARCELS = """
from urllib.request import urlopen

def test_parcels_is_served(checkout_stack):
    url = checkout_stack.urls["parcels"]
    assert url.startswith("http://parcels.localhost:")
    with urlopen(url.replace("parcels.localhost", "127.0.0.1") + "/_health") as answer:
        assert answer.read() == b"ok"
"""


def pytest_alone(command: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What ``python -m pytest`` of the installed environment says in a folder."""
    python = str(command.with_name("python"))
    return subprocess.run(
        [python, "-m", "pytest", "-q", *LEFT_OUT, *words],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_project_runs_ours_and_a_procedure_of_its_own(command: Path, empty: Path) -> None:
    begun = said(command, empty, "init", "--name", "acme")
    assert begun.returncode == 0, begun.stderr
    assert "checkout-conformance run" in begun.stdout
    again = said(command, empty, "init")
    assert again.returncode == 3
    assert "Nothing was written" in again.stderr
    made = said(command, empty, "new", "procedure", "R1", "--title", "Returning an order")
    assert made.returncode == 0, made.stderr
    # One scenario of ours and those of the new procedure, in one report.
    done = said(
        command,
        empty,
        "run",
        *OVER_HTTP,
        "-k",
        "r1 or test_after_another_category",
        "-m",
        "R1 or W1",
    )
    # Without a browser nothing is certified.
    assert done.returncode == 2, done.stdout + done.stderr
    place = empty / "reports" / "latest" / "selection"
    document = json.loads((place / "conformance.json").read_text("utf-8"))
    verdicts = {one["id"]: one["verdict"] for one in document["clauses"]}
    assert verdicts.keys() >= {"W1.2", "R1.1"}
    assert set(verdicts.values()) == {"passed"}
    assert "Returning an order" in (place / "conformance.html").read_text("utf-8")
    features = {check["feature"] for one in document["clauses"] for check in one["checks"]}
    assert "acme:r1.feature" in features

    # Pytest alone finds the project's features, and the guards of them.
    alone = pytest_alone(command, empty, "features", "--driver", "http", "-k", "R1 or guard")
    assert alone.returncode == 0, alone.stdout + alone.stderr

    killed = said(
        command,
        empty,
        *("deviants", "run", "r1-is-never-done", "--driver", "http", "--http-only"),
        *("--workers", "1", "--features", "features"),
    )
    assert killed.returncode == 0, killed.stdout + killed.stderr
    assert "1 of 1 deviants killed" in killed.stdout
    twin = said(
        command,
        empty,
        *("twins", "run", "--only", "r1-has-a-button", "--near", "--workers", "1"),
        *("--driver", "http"),
    )
    assert twin.returncode == 0, twin.stdout + twin.stderr
    assert "1 of 1 twins passed" in twin.stdout


def test_a_project_has_a_mock_site_of_its_own(command: Path, empty: Path) -> None:
    assert said(command, empty, "init", "--name", "acme").returncode == 0
    made = said(command, empty, "new", "site", "parcels")
    assert made.returncode == 0, made.stderr
    assert 'add "parcels" to the sites of [mocks]' in made.stdout
    taken = said(command, empty, "new", "site", "shop")
    assert taken.returncode == 3
    assert "there is a site of that name" in taken.stderr
    settings = empty / "checkout.toml"
    served = settings.read_text().replace('"acs"]', '"acs", "parcels"]')
    settings.write_text(served)
    added = said(command, empty, "new", "procedure", "R1", "--site", "parcels")
    assert added.returncode == 0, added.stderr

    done = said(command, empty, "run", *OVER_HTTP, "-m", "R1")
    assert done.returncode == 2, done.stdout + done.stderr
    document = json.loads((empty / "reports/latest/selection/conformance.json").read_text("utf-8"))
    assert {one["id"]: one["verdict"] for one in document["clauses"]} == {"R1.1": "passed"}

    killed = said(
        command,
        empty,
        *("deviants", "run", "r1-is-never-done", "--driver", "http", "--http-only"),
        *("--workers", "1", "--features", "features"),
    )
    assert "1 of 1 deviants killed" in killed.stdout, killed.stdout + killed.stderr
    twin = said(
        command,
        empty,
        *("twins", "run", "--only", "r1-has-a-button", "--near", "--workers", "1"),
        *("--driver", "http"),
    )
    assert "1 of 1 twins passed" in twin.stdout, twin.stdout + twin.stderr

    # Any test suite in the project has it too.
    (empty / "test_stack.py").write_text(OF_PARCELS)
    alone = pytest_alone(command, empty, "test_stack.py")
    assert alone.returncode == 0, alone.stdout + alone.stderr

    (empty / "mocks" / "vault").mkdir()
    (empty / "mocks" / "vault" / "__init__.py").touch()
    for words in (("run", *OVER_HTTP, "-m", "R1"), ("serve",), ("check", "checkout.toml")):
        shadows = said(command, empty, *words)
        assert shadows.returncode == 3, shadows.stdout + shadows.stderr
        assert "mocks/vault: the vault is a mock site of ours" in shadows.stdout + shadows.stderr


def test_another_suite_has_the_mock_sites_and_nothing_else(command: Path, empty: Path) -> None:
    (empty / "test_own_code.py").write_text(OTHER_SUITE)
    done = pytest_alone(command, empty)
    assert done.returncode == 0, done.stdout + done.stderr
