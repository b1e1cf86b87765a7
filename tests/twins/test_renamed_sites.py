"""A copy of our sites with other data passes the walks, with a target file alone."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from checkout_conformance.project import FEATURES, ROOT
from checkout_conformance.targets.glossary import Glossary
from checkout_conformance.targets.target import target_file
from twins.renamed.sites import WORDS, goods_file, other_path, payees_file

TARGET = ROOT / "twins" / "renamed" / "target.toml"


@pytest.mark.timeout(600)
def test_every_walk_passes() -> None:
    """Over HTTP; the whole suite is run by hand, see docs/results/twins.md."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(FEATURES / "test_features.py"),
        "--driver",
        "http",
    ]
    command += ["--target", str(TARGET), "-k", "from_start_to_finish", "-n", "0", "-q"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


def test_every_label_is_said_otherwise() -> None:
    label = Glossary("en").label
    same = [name for name, words in WORDS["labels"].items() if words == label(name)]
    goods = {**WORDS["products"], **WORDS["payees"]}
    assert same == [name for name, words in goods.items() if name == words] == []
    missing = Glossary("en").names() - WORDS["labels"].keys() - goods.keys()
    assert not missing


def test_every_price_of_the_reference_is_another(tmp_path: Path) -> None:
    reference, data = target_file("mock").data, target_file(str(TARGET)).data
    goods = tomllib.loads(goods_file(tmp_path).read_text(encoding="utf-8"))["products"]
    prices = {one["name"]: one["price"] for one in goods}
    for name, product in reference.model_dump()["products"].items():
        other = data.model_dump()["products"][name]
        assert other["price"] != product["price"]
        assert prices[other["name"]] == str(other["price"])


def test_a_product_holds_the_name_of_another(tmp_path: Path) -> None:
    goods = tomllib.loads(goods_file(tmp_path).read_text(encoding="utf-8"))["products"]
    names = [one["name"] for one in goods]
    assert [one for one in names if any(one != name and name in one for name in names)]


def test_limits_of_payees_are_others(tmp_path: Path) -> None:
    data = target_file(str(TARGET)).data.model_dump()["payees"]
    rows = tomllib.loads(payees_file(tmp_path).read_text(encoding="utf-8"))["category"]
    limits = {one["name"]: one for row in rows for one in row["payee"]}
    for payee in data.values():
        assert limits[payee["name"]]["smallest"] == payee["smallest"] * 100
        assert limits[payee["name"]]["largest"] == payee["largest"] * 100


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/sign-in", "/login"),
        ("/pay/to/<slug>", "/services/to/<slug>"),
        ("/<number>", "/messages/<number>"),
        ("/_control/orders", "/_control/orders"),
    ],
)
def test_paths_of_pages_are_others(path: str, other: str) -> None:
    assert other_path(path) == other
