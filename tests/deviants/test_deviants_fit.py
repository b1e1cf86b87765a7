"""Every deviant still fits the reference site, and is named and placed as readers expect."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from checkout_conformance.clauses import read_clauses
from checkout_conformance.deviants.change import Change, ChangeError
from checkout_conformance.deviants.collection import deviants_named
from checkout_conformance.deviants.deviant import Collection, Deviant
from checkout_conformance.evidence.allure_labels import title
from checkout_conformance.plan import PlannedScenario, read_plan
from mock_sites import SITES
from mock_sites.__main__ import CREATE
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site
from tests.support.shared_keys import shared_keys

DEVIANTS = deviants_named()
LEAST_FOR_A_CLAUSE = 2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Site]:
    """Makes the reference site of a name, anew each time."""

    def make(name: str) -> Site:
        ports = {site: 1024 + number for number, site in enumerate(SITES)}
        data = tmp_path_factory.mktemp(name)
        stack = StackSettings(data=data, ports=ports, keys=shared_keys(), controls=True)
        return CREATE[name](stack, Clock())

    return make


def catches(deviant: Deviant, planned: PlannedScenario) -> bool:
    return deviant.clause in planned.clauses


def test_every_clause_is_broken_in_two_ways_at_least() -> None:
    broken, clauses = Counter(deviant.clause for deviant in DEVIANTS), read_clauses()
    assert [clause for clause in clauses if broken[clause] < LEAST_FOR_A_CLAUSE] == []
    assert set(broken) <= set(clauses)


@pytest.mark.parametrize("deviant", DEVIANTS, ids=lambda deviant: deviant.name)
def test_a_deviant_says_in_a_sentence_what_is_wrong(deviant: Deviant) -> None:
    assert deviant.sentence.endswith(".")
    assert "\n" not in deviant.sentence
    assert deviant.site in CREATE


def test_no_sentence_stands_twice() -> None:
    told = Counter(deviant.sentence for deviant in DEVIANTS)
    assert [sentence for sentence, times in told.items() if times > 1] == []


def test_what_is_named_to_catch_a_deviant_is_about_its_clause() -> None:
    plan = read_plan()
    titles = {
        deviant.name: [title(one.name, dict(one.example)) for one in plan if catches(deviant, one)]
        for deviant in DEVIANTS
    }
    lost = [
        (deviant.name, start)
        for deviant in DEVIANTS
        for start in deviant.caught_by
        # The columns of Examples come in the order of the feature; here a value is looked for.
        if not any(
            told.startswith(start.partition(" [")[0]) and start.partition(" [")[2] in told
            for told in titles[deviant.name]
        )
    ]
    assert lost == []


@pytest.mark.parametrize("site", sorted({deviant.site for deviant in DEVIANTS}))
def test_every_change_finds_what_it_changes(site: str, made: Callable[[str], Site]) -> None:
    reference = made(site)
    for deviant in (one for one in DEVIANTS if one.site == site):
        change = Change()
        deviant.make(change)
        with change.of_rules(), kept(reference.app):
            change.of_site(reference.app)
    reference.close()


class kept:
    """The application as it was, after the block."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._was = app.jinja_env.loader, dict(app.view_functions)

    def __enter__(self) -> None:
        """Let the block change it."""

    def __exit__(self, *_: object) -> None:
        self._app.jinja_env.loader, self._app.view_functions = self._was


def test_the_reference_knows_of_no_deviant() -> None:
    sites = Path(__file__).parents[2] / "mock_sites"
    sources = [file for file in sites.rglob("*") if file.suffix in (".py", ".html", ".toml")]
    assert sources
    assert [file for file in sources if "deviant" in file.read_text(encoding="utf-8")] == []


def test_a_rule_that_is_gone_is_missed() -> None:
    with pytest.raises(ChangeError, match="no_such_rule"):
        Change().rule(Path, "no_such_rule", None)


def test_a_private_name_is_not_for_deviants() -> None:
    with pytest.raises(ChangeError, match="_parts is private"):
        Change().rule(Path("a"), "_parts", None)


def test_no_deviant_reads_what_a_site_keeps_private() -> None:
    # Flask-Login has no public way to put somebody into a request.
    allowed = {"g._login_user"}
    deviants = Path(__file__).parents[2] / "deviants"
    found = {
        private[0]
        for file in (*deviants.glob("wrong/*.py"), *deviants.glob("blind/*.py"))
        for private in re.finditer(r"\b\w+\._[a-z]\w*", file.read_text(encoding="utf-8"))
    }
    assert found == allowed


@pytest.mark.parametrize("template", ["home.html", "layout.html"])
def test_a_piece_that_is_gone_is_missed(template: str, made: Callable[[str], Site]) -> None:
    site, change = made("vault"), Change()
    change.page(template, "a piece that no page has")
    with pytest.raises(ChangeError, match="a piece that no page has"):
        change.of_site(site.app)
    site.close()


def test_a_route_that_is_gone_is_missed(made: Callable[[str], Site]) -> None:
    site, change = made("vault"), Change()
    change.route("cards.sell", lambda page: page)
    with pytest.raises(ChangeError, match="no endpoint"):
        change.of_site(site.app)
    site.close()


def test_a_rule_is_itself_again_after_a_deviant() -> None:
    change = Change()
    change.rule(Path, "name", "changed")
    with change.of_rules():
        assert Path("a").name == "changed"
    assert Path("a").name == "a"


def test_two_deviants_of_one_name_are_refused() -> None:
    collection = Collection()

    def twice(site: Change) -> None:
        """Wrong."""

    collection.deviant("W1.1", "wallet")(twice)
    with pytest.raises(ValueError, match="twice"):
        collection.deviant("W1.1", "wallet")(twice)
