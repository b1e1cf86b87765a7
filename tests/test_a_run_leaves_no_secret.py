"""What a run leaves behind holds no card number, code or password: every byte is searched."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reports.__main__ import main
from steps.people import invent_buyer
from steps.published_cards import published_card

ROOT = Path(__file__).parents[1]
SEED = "20261121"
# One scenario that pays with a code, one that links a card in the shop and one in the vault.
SCENARIOS = "game_account_is_topped_up or first_card_is_linked or until_then_the_card"
CARD = published_card("Visa, approved")
LEAK = """
import allure
def pytest_bdd_after_step(step):
    if "four values" in step.name:
        allure.attach("{number}", name="a leak on purpose")
"""


def run_suite(folder: Path, *options: str) -> None:
    """Run a few scenarios in a process of their own; all that it leaves is below ``folder``."""
    command = [sys.executable, "-m", "pytest", "features", "-q", "-k", SCENARIOS]
    command += ["-p", "no:cacheprovider"]
    command += [f"--randomly-seed={SEED}", f"--basetemp={folder / 'temp'}", *options]
    command += [f"--alluredir={folder / 'results'}", f"--junitxml={folder / 'junit.xml'}"]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    (folder / "terminal.txt").write_text(done.stdout + done.stderr)
    main([str(folder / "results"), "--into", str(folder / "reports"), "--no-allure"])
    assert done.returncode == 0, done.stdout[-3000:]
    assert "3 passed" in done.stdout


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


@pytest.mark.timeout(180)
def test_a_run_leaves_no_card_number_no_code_and_no_password(tmp_path: Path) -> None:
    run_suite(tmp_path)

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


@pytest.mark.timeout(180)
def test_the_search_finds_a_leak_that_was_put_in_on_purpose(tmp_path: Path) -> None:
    (tmp_path / "leak.py").write_text(LEAK.format(number=CARD.number))

    run_suite(tmp_path, "-p", "leak")

    assert any(name.startswith("results/") for name in found_in(tmp_path, CARD.number))


def nodes_of(folder: Path) -> list[str]:
    """The node ids of the scenarios that were run."""
    report = (folder / "junit.xml").read_text()
    names = re.findall(r'<testcase classname="features\.test_features" name="([^"]+)"', report)
    return [f"features/test_features.py::{name}" for name in names]
