"""Every harness walks the walk of our feature, once for each scenario."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.harnesses.generated import add_tests, feature_of
from benchmarks.harnesses.installed import PEERS

FEATURE = Path(__file__).parents[3] / "features" / "wallet" / "paying_on_the_wallet_site.feature"


@pytest.mark.parametrize("name", ["walk.feature", "robot/walk.resource"])
def test_the_peers_walk_the_walk_of_our_feature(name: str) -> None:
    ours = FEATURE.read_text(encoding="utf-8").split("@W1.1")[0]
    assert sentences((PEERS / name).read_text(encoding="utf-8")) == sentences(ours)


@pytest.mark.parametrize("suite", ["browser.robot", "requests.robot"])
def test_robot_has_a_keyword_for_every_sentence(suite: str) -> None:
    keywords = keywords_of((PEERS / "robot" / suite).read_text(encoding="utf-8"))
    walk = sentences((PEERS / "robot" / "walk.resource").read_text(encoding="utf-8"))
    unknown = [line for line in walk if pattern_of(line.partition(" ")[2]) not in keywords]
    assert not unknown


def test_a_feature_has_a_row_for_each_scenario() -> None:
    with feature_of(3) as feature:
        assert feature.read_text(encoding="utf-8").endswith("| 0 |\n      | 1 |\n      | 2 |\n")


def test_a_suite_of_robot_has_a_test_for_each_scenario(tmp_path: Path) -> None:
    suite = tmp_path / "walk.robot"
    suite.write_text("*** Test Cases ***\n", encoding="utf-8")
    add_tests(suite, 2)
    tests = ["Time 0", "    0", "Time 1", "    1"]
    assert suite.read_text(encoding="utf-8").splitlines() == ["*** Test Cases ***", *tests]


def sentences(feature: str) -> list[str]:
    """The steps of a feature."""
    words = ("Given", "When", "Then", "And")
    return [line.strip() for line in feature.splitlines() if line.strip().startswith(words)]


def keywords_of(suite: str) -> set[str]:
    """The keywords of a suite of Robot's, without the values in them."""
    lines = suite.partition("*** Keywords ***")[2].splitlines()
    return {pattern_of(line) for line in lines if line and not line.startswith((" ", "*"))}


def pattern_of(words: str) -> str:
    """A sentence or keyword in lower case, with a star for every quoted value or amount."""
    return re.sub(r"\$\{\w+\}|(?<=\")[^\"]*(?=\")|\d+\.\d\d", "*", words).lower()
