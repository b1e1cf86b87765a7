"""The wheel, installed into an environment of its own: it serves and runs from an empty folder.

That the wheel declares what it imports is tested apart.
"""

from __future__ import annotations

import ast
import http.client
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.installed import environment, said

ROOT = Path(__file__).parents[2]
CONTENT = "checkout_conformance/bundled"
# What a user may not have.
OURS_ONLY = ("randomly", "hypothesispytest", "schemathesis", "timeout", "pytest-split")
# For type checkers: it cannot be imported.
FOR_TYPES = {"_typeshed"}


def test_it_has_the_engine_and_the_content_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert {name.partition("/")[0] for name in names} == {
        "checkout_conformance",
        f"checkout_conformance-{version}.dist-info",
    }
    below = {
        name.removeprefix(f"{CONTENT}/").partition("/")[0] for name in names if CONTENT in name
    }
    assert below == {"features", "mock_sites", "reports", "steps", "targets"}
    for needed in (
        "checkout_conformance/pytest.ini",
        f"{CONTENT}/features/clauses.toml",
        f"{CONTENT}/features/ar/test_features.py",
        f"{CONTENT}/steps/pages/shop.py",
        f"{CONTENT}/targets/mock.toml",
        f"{CONTENT}/mock_sites/phone/templates/inbox.html",
        f"{CONTENT}/mock_sites/shared/web/translations/ar/LC_MESSAGES/messages.po",
        f"{CONTENT}/reports/templates/conformance.html",
        f"{CONTENT}/reports/translations/ru.po",
    ):
        assert needed in names
    unwanted = re.compile(r"(^|/)(tests|__pycache__|node_modules|latest|benchmarks|tools)/|\.pyc$")
    assert [name for name in names if unwanted.search(name)] == []


def test_it_declares_what_it_imports_and_imports_what_it_declares(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    sources = [name for name in archive.namelist() if name.endswith(".py")]
    own = {"checkout_conformance", *sys.stdlib_module_names, *FOR_TYPES}
    imported = {top for name in sources for top in imports(archive.read(name).decode())} - own
    providers = packages_distributions()
    provided_by = {
        top: {canonicalize_name(one) for one in providers.get(top, [top])} for top in imported
    }
    used = set().union(*provided_by.values())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = names_of(project["dependencies"])
    extras = project["optional-dependencies"]
    optional = {name for extra in extras if extra != "dev" for name in names_of(extras[extra])}
    # Several packages may provide one name: one of them has to be declared.
    assert [top for top, by in provided_by.items() if not by & (declared | optional)] == []
    plugins = {name for name in declared - used if plugs_into_pytest(name)}
    assert declared - used - plugins == set()


def names_of(requirements: list[str]) -> set[str]:
    """The names of the packages that are required."""
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def imports(source: str) -> Iterator[str]:
    """The top-level names that a module imports absolutely."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def plugs_into_pytest(name: str) -> bool:
    """Whether pytest loads it by itself, so that nothing need import it."""
    return any(point.group == "pytest11" for point in distribution(name).entry_points)


def test_it_says_what_it_is_and_can_do(command: Path, empty: Path) -> None:
    assert re.fullmatch(r"checkout-conformance \d\S*\n", said(command, empty, "--version").stdout)
    assert "  serve " in said(command, empty).stdout
    unknown = said(command, empty, "sevre")
    assert unknown.returncode == 3
    assert "there is no command sevre. Did you mean serve?" in unknown.stderr


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["report"], "Run `checkout-conformance run` first"),
        (["deviants", "list"], "use a checkout"),
        (["run", "--deviant", "all"], "use a checkout"),
        (["twins", "run"], "use a checkout"),
        (["run", "--twin", "all"], "use a checkout"),
    ],
)
def test_what_it_cannot_do_names_no_target_of_make(
    command: Path, empty: Path, words: list[str], hint: str
) -> None:
    done = said(command, empty, *words)
    assert done.returncode != 0
    assert hint in done.stdout + done.stderr
    assert "make " not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_it_serves_the_mock_sites(command: Path, empty: Path) -> None:
    process = subprocess.Popen(
        [str(command), "serve", "--port-base", "0", "--json", "--controls"],
        cwd=empty,
        env=environment(empty),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        told = json.loads(process.stdout.readline())
        assert told["sites"].keys() == {"wallet", "shop", "vault", "phone", "acs"}
        assert told["control_token"]
        place = urlsplit(told["sites"]["shop"]["url"])
        with closing(http.client.HTTPConnection("127.0.0.1", place.port or 0, timeout=30)) as shop:
            shop.request("GET", "/", headers={"Host": place.netloc})
            assert shop.getresponse().read().startswith(b"<!doctype html>")
    finally:
        process.terminate()
        process.communicate(timeout=30)


# An installed package compiles its modules first: on a busy machine that takes minutes.
@pytest.mark.timeout(600)
def test_it_runs_a_selection_and_leaves_the_reports(command: Path, empty: Path) -> None:
    left_out = [word for name in OURS_ONLY for word in ("-p", f"no:{name}")]
    done = said(command, empty, "run", "-m", "clause(id='W1.4')", "--workers", "1", *left_out)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Selection: 1 of 1 clause passed. No verdict on the whole." in done.stdout
    assert "Allure is not installed. To have its page too: pip install" in done.stderr
    assert "make " not in done.stdout + done.stderr
    place = empty / "reports" / "latest" / "selection"
    assert "selection" in (place / "conformance.html").read_text("utf-8")
    assert list(place.glob("allure-results/*-attachment.*")), "no picture: nothing was recorded"
    assert json.loads((place / "conformance.json").read_text("utf-8"))["selection"]["passed"]
    assert {file.name for file in empty.iterdir()} <= {"reports", ".pytest_cache"}
