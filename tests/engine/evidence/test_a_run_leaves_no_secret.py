"""What a run leaves behind holds no card number, code or password: every byte is searched."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from checkout_conformance.evidence.pictures import MASK_COLOUR
from checkout_conformance.people import invent_buyer
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.reporting.command import main
from steps.support.published_cards import published_card
from tests.support.made_once import made_once

ROOT = Path(__file__).parents[3]
SEED = "20261121"
# One scenario that pays with a code, one that links a card in the shop and one in the vault.
LINKS_A_CARD = "first_card_is_linked_from_start"
SCENARIOS = f"game_account_is_topped_up or {LINKS_A_CARD} or until_the_cent"
CARD = published_card("Visa, approved")
LEAK = """
from pathlib import Path
def pytest_bdd_after_step(request, step):
    if "four values" in step.name:
        folder = Path(request.config.getoption("allure_report_dir"))
        (folder / "leak-attachment.txt").write_text("{number}")
"""


def run_suite(folder: Path, scenarios: str, *options: str) -> str:
    """Run scenarios in a process of their own; all that it leaves is below ``folder``.

    Returns what it printed.
    """
    command = [sys.executable, "-m", "pytest", "features", "-q", "-k", scenarios]
    command += ["-p", "no:cacheprovider"]
    command += [f"--randomly-seed={SEED}", f"--basetemp={folder / 'temp'}", *options]
    command += [f"--alluredir={folder / 'results'}", f"--junitxml={folder / 'junit.xml'}"]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    (folder / "terminal.txt").write_text(done.stdout + done.stderr)
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below ``folder`` and what is in it, zips opened."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield str(file.relative_to(folder)), file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    yield f"{file.name}/{name}", archive.read(name)


def found_in(folder: Path, secret: str) -> list[str]:
    """The files that hold the secret anywhere."""
    return [name for name, content in contents(folder) if secret.encode() in content]


def code_found_in(folder: Path, code: str) -> list[str]:
    """The files that hold the code, but not as six digits of a longer number, as of a moment."""
    whole = re.compile(rb"(?<![0-9A-Za-z])" + code.encode() + rb"(?![0-9A-Za-z])")
    texts = {name: text for name, text in contents(folder) if ".sqlite3" not in name}
    for file in folder.rglob("*.sqlite3"):
        # A database file runs its values together; its dump keeps them apart.
        with closing(sqlite3.connect(file)) as connection:
            texts[file.name] = "\n".join(connection.iterdump()).encode()
    return [name for name, text in texts.items() if whole.search(text)]


def codes_that_were_sent(folder: Path) -> list[str]:
    """The codes in the messages that the phone received: the only place that may hold them."""
    (database,) = folder.rglob("phone.sqlite3")
    with closing(sqlite3.connect(database)) as connection:
        texts = [row[0] for row in connection.execute("SELECT text FROM messages")]
    return [re.findall(r"\b\d{6}\b", text)[0] for text in texts]


def values_of_sites(folder: Path) -> set[str]:
    """Everything that the sites wrote down of the run, but the messages with codes in them."""
    values: set[str] = set()
    for file in folder.rglob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as connection:
            query = "SELECT name FROM sqlite_master WHERE type = 'table'"
            for (table,) in connection.execute(query).fetchall():
                rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
                values |= {str(value) for row in rows for value in row if table != "messages"}
    return values


@pytest.mark.timeout(180)
def test_a_run_leaves_no_card_number_no_code_and_no_password(tmp_path: Path) -> None:
    printed = run_suite(tmp_path, SCENARIOS)
    assert "3 passed" in printed
    results, reports = tmp_path / "results", tmp_path / "reports"
    main([str(results), "--into", str(reports), "--no-allure", "--film"])
    assert list(reports.rglob("walk-*.webp"))

    codes = codes_that_were_sent(tmp_path)
    buyers = [invent_buyer(f"{SEED} {node}") for node in nodes_of(tmp_path)]
    assert codes
    # They are the ones who were there: their names are in the sites' data.
    assert len(buyers) == 3
    assert all(found_in(tmp_path, buyer.name) for buyer in buyers)
    assert found_in(tmp_path, CARD.number) == []
    assert found_in(tmp_path, " ".join(re.findall(".{4}", CARD.number))) == []
    for buyer in buyers:
        assert found_in(tmp_path, buyer.password) == []
    for code in codes:
        assert code_found_in(tmp_path, code) == ["phone.sqlite3"]
    # Amounts, moments, phones, ids and tokens of a whole run: none of them looks like a secret.
    values = values_of_sites(tmp_path)
    assert len(values) > 120
    assert {value for value in values if redact(value) != value} == set()


@pytest.mark.timeout(180)
def test_the_search_finds_a_leak_that_was_put_in_on_purpose(tmp_path: Path) -> None:
    (tmp_path / "leak.py").write_text(LEAK.format(number=CARD.number))

    # What searches the files does not ask which driver left them.
    assert "1 passed" in run_suite(tmp_path, LINKS_A_CARD, "-p", "leak", "--driver", "http")

    assert any(name.startswith("results/") for name in found_in(tmp_path, CARD.number))


LEAKING = ROOT / "tests" / "suites" / "leaking_suite"
# Everything that the leaking suite knows, in every spelling that it uses.
LEAKS = {
    "a card number": rb"4111(?:[^0-9A-Za-z]{0,6}1111){3}",
    "a security code": rb"(?<![0-9A-Za-z.-])737(?![0-9A-Za-z.-])",
    "a one-time code": rb"604182",
    "a password": rb"pw-in-",
    "what the team hides": rb"told.{1,3}by.{1,3}the",
    "the same in base64": rb"dG9sZC9ie",
}


@pytest.fixture(scope="module", params=["one process", "two workers"])
def leaks(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, request: pytest.FixtureRequest
) -> Path:
    """All that a run leaves whose steps tell every secret wherever something can be told."""
    run = partial(_run, request.param)
    return (
        made_once(tmp_path_factory.getbasetemp(), worker_id, f"leaks in {request.param}", run)
        / "left"
    )


def _run(processes: str, folder: Path) -> None:
    suite, left = folder / "suite", folder / "left"
    shutil.copytree(LEAKING, suite, ignore=shutil.ignore_patterns("__pycache__"))
    (suite / "leaks_conftest.py").rename(suite / "conftest.py")
    left.mkdir()
    command = [sys.executable, "-m", "pytest", "bind_leaks.py", "--rootdir=.", "-rA", "-p"]
    command += ["no:cacheprovider", "--traces=full", f"--basetemp={folder / 'temp'}"]
    command += [f"--alluredir={left / 'results'}", f"--junitxml={left / 'junit.xml'}"]
    command += ["-o", "junit_logging=all", f"--log-file={left / 'log.txt'}", "-W", "default"]
    command += ["-n", "2"] if processes == "two workers" else ["--log-cli-level=INFO"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(
        command, cwd=suite, env=environment, capture_output=True, text=True, check=False
    )
    (left / "terminal.txt").write_text(done.stdout + done.stderr)
    main([str(left / "results"), "--into", str(left / "reports"), "--no-allure"])
    assert "9 failed, 5 passed, 1 skipped, 1 xfailed" in done.stdout, done.stdout[-4000:]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("pattern", LEAKS.values(), ids=LEAKS)
def test_steps_that_are_not_careful_leave_no_secret_either(leaks: Path, pattern: bytes) -> None:
    found = {
        f"{name}: {content[max(0, hit.start() - 60) : hit.end() + 20]!r}"
        for name, content in contents(leaks)
        for hit in re.finditer(pattern, content)
        if not name.endswith((".webp", ".zip"))
    }
    assert not found, "\n".join(sorted(found))


@pytest.mark.timeout(240)
def test_harmless_output_is_kept(leaks: Path) -> None:
    terminal = (leaks / "terminal.txt").read_text()
    assert "shop.example.test" in terminal
    assert "ValueError" in terminal
    names = [name for name, _ in contents(leaks)]
    assert any(name.endswith("trace.trace") for name in names)
    assert any(name.endswith("all.txt") for name in names)
    titles = [file.read_text() for file in (leaks / "results").glob("*-result.json")]
    assert any("A title with •••" in title for title in titles)


@pytest.mark.timeout(240)
def test_a_card_number_in_an_unmarked_field_is_masked(leaks: Path) -> None:
    pictures = [Image.open(BytesIO(file.read_bytes())) for file in leaks.rglob("*.webp")]
    whole_pages = [picture for picture in pictures if picture.width == 1280]
    assert whole_pages
    wanted = bytes.fromhex(MASK_COLOUR.lstrip("#"))
    for picture in whole_pages:
        for x in range(110, 390, 10):
            colour = picture.convert("RGB").getpixel((x, 120))
            assert isinstance(colour, tuple)
            assert all(abs(one - other) < 12 for one, other in zip(colour, wanted, strict=True))


def nodes_of(folder: Path) -> list[str]:
    """The node ids of the scenarios that were run."""
    report = (folder / "junit.xml").read_text()
    names = re.findall(r'<testcase classname="features\.test_features" name="([^"]+)"', report)
    return [f"features/test_features.py::{name}" for name in names]
