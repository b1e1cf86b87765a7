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


def test_a_project_runs_ours_and_what_is_its_own(command: Path, empty: Path) -> None:
    """One project has a procedure on our shop, R1, and one on a mock site of its own, R2."""
    begin(command, empty)
    # One scenario of ours and those of the new procedures, in one report.
    chosen = ("-k", "r1 or r2 or test_after_another_category", "-m", "R1 or R2 or W1")
    done = said(command, empty, "run", *OVER_HTTP, *chosen)
    # Without a browser nothing is certified.
    assert done.returncode == 2, done.stdout + done.stderr
    place = empty / "reports" / "latest" / "selection"
    document = json.loads((place / "conformance.json").read_text("utf-8"))
    verdicts = {one["id"]: one["verdict"] for one in document["clauses"]}
    assert verdicts.keys() >= {"W1.2", "R1.1", "R2.1"}
    assert set(verdicts.values()) == {"passed"}
    assert "Returning an order" in (place / "conformance.html").read_text("utf-8")
    features = {check["feature"] for one in document["clauses"] for check in one["checks"]}
    assert {"acme:r1.feature", "acme:r2.feature"} <= features

    # Pytest alone finds the project's features, the guards of them, and a suite of other tests.
    (empty / "test_stack.py").write_text(OF_PARCELS)
    tests = ("features", "test_stack.py", "--driver", "http", "-k", "R1 or R2 or guard or parcels")
    alone = pytest_alone(command, empty, *tests, "-rA")
    assert alone.returncode == 0, alone.stdout + alone.stderr
    assert "PASSED test_stack.py::test_parcels_is_served" in alone.stdout

    killed = said(
        command,
        empty,
        *("deviants", "run", "r1-is-never-done", "r2-is-never-done", "--driver", "http"),
        *("--http-only", "--workers", "1", "--features", "features"),
    )
    assert killed.returncode == 0, killed.stdout + killed.stderr
    assert "2 of 2 deviants killed" in killed.stdout
    twin = said(
        command,
        empty,
        *("twins", "run", "--only", "r1-has-a-button", "--only", "r2-has-a-button", "--near"),
        *("--workers", "1", "--driver", "http"),
    )
    assert twin.returncode == 0, twin.stdout + twin.stderr
    assert "2 of 2 twins passed" in twin.stdout

    (empty / "mocks" / "vault").mkdir()
    (empty / "mocks" / "vault" / "__init__.py").touch()
    for words in (("run", *OVER_HTTP, "-m", "R1"), ("serve",), ("check", "checkout.toml")):
        shadows = said(command, empty, *words)
        assert shadows.returncode == 3, shadows.stdout + shadows.stderr
        assert "mocks/vault: the vault is a mock site of ours" in shadows.stdout + shadows.stderr


def begin(command: Path, empty: Path) -> None:
    """Begin the project with all that a team can begin; what is there is not written again."""
    begun = said(command, empty, "init", "--name", "acme")
    assert begun.returncode == 0, begun.stderr
    assert "checkout-conformance run" in begun.stdout
    again = said(command, empty, "init")
    assert again.returncode == 3
    assert "Nothing was written" in again.stderr
    site = said(command, empty, "new", "site", "parcels")
    assert site.returncode == 0, site.stderr
    assert 'add "parcels" to the sites of [mocks]' in site.stdout
    taken = said(command, empty, "new", "site", "shop")
    assert taken.returncode == 3
    assert "there is a site of that name" in taken.stderr
    settings = empty / "checkout.toml"
    settings.write_text(settings.read_text().replace('"acs"]', '"acs", "parcels"]'))
    for procedure in (("R1", "--title", "Returning an order"), ("R2", "--site", "parcels")):
        made = said(command, empty, "new", "procedure", *procedure)
        assert made.returncode == 0, made.stderr


def test_another_suite_has_the_mock_sites_and_nothing_else(command: Path, empty: Path) -> None:
    (empty / "test_own_code.py").write_text(OTHER_SUITE)
    done = pytest_alone(command, empty)
    assert done.returncode == 0, done.stdout + done.stderr
