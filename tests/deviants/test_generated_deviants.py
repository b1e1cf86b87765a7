"""Every generated deviant fits the reference sites, and some are walked to see what they do."""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Iterator
from types import FunctionType

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checkout_conformance.clauses import read_clauses
from checkout_conformance.deviants.change import Change, ChangeError
from checkout_conformance.deviants.collection import (
    NoSuchDeviant,
    deviants_named,
    deviants_to_list,
    deviants_to_run,
)
from checkout_conformance.deviants.deviant import GENERATED
from deviants.generated.collection import candidates, dropped, generated
from deviants.generated.outside import reasons
from mock_sites import SITES
from mock_sites.__main__ import CREATE
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site
from tests.support.journeys.effects import WAYS, difference
from tests.support.shared_keys import shared_keys

SEVERAL_HUNDRED = 300
# Of each of these a journey of its clause sees something else than on the reference.
SHOWN = (
    "cut-list--shop-orders-add--only-the-first-one",
    "neighbours-label--wallet-payment-facts--says-amount-instead-of-payee",
    "other-order--vault-links-cards-of--in-the-reverse-order",
    "quantity-ignored--shop-orders-ordered--one-piece-whatever-the-quantity-is",
    "state-kept--vault-links-set-billing--does-not-set-card-country",
    "without-filter--wallet-bills-recent-bills--does-not-ask-for-billrow-phone-bindparam",
)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    """The reference sites."""
    ports = {site: 1024 + number for number, site in enumerate(SITES)}
    data = tmp_path_factory.mktemp("sites")
    stack = StackSettings(data=data, ports=ports, keys=shared_keys(), controls=True)
    made = {name: CREATE[name](stack, Clock()) for name in SITES}
    yield made
    for site in made.values():
        site.close()


class kept:
    """The application as it was, after the block."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._loader, self._config = app.jinja_env.loader, dict(app.config)
        self._after = {name: list(calls) for name, calls in app.after_request_funcs.items()}

    def __enter__(self) -> None:
        """Let the block change it."""

    def __exit__(self, *_: object) -> None:
        self._app.jinja_env.loader = self._loader
        self._app.config.update(self._config)
        self._app.after_request_funcs.update(self._after)


def test_there_are_several_hundred_for_all_clauses() -> None:
    assert len(generated()) > SEVERAL_HUNDRED
    assert {one.clause for one in generated()} == set(read_clauses())


def test_each_has_a_name_and_a_sentence_of_its_own() -> None:
    for told in ("name", "sentence"):
        count = Counter(getattr(one, told) for one in generated())
        assert [text for text, times in count.items() if times > 1] == []
    assert all(re.fullmatch(r"[a-z0-9-]+", one.name) for one in generated())
    assert all(one.sentence.endswith(".") and "\n" not in one.sentence for one in generated())


def test_what_is_dropped_or_outside_the_documents_is_still_generated() -> None:
    names = {one.name for one in candidates()}
    assert sorted(dropped() - names) == []
    patterns = [pattern for patterns in reasons().values() for pattern in patterns]
    own = sorted(names)
    assert [each for each in patterns if not fnmatch.filter(own, each)] == []


def test_they_run_when_they_are_asked_for() -> None:
    assert GENERATED not in {one.kind for one in deviants_to_run()}
    assert deviants_to_run(kind=GENERATED) == list(generated())
    assert deviants_to_list(kind=GENERATED) == list(generated())
    one = generated()[-1]
    assert [found.name for found in deviants_named([one.name])] == [one.name]


def test_an_unknown_one_is_told() -> None:
    with pytest.raises(NoSuchDeviant, match="hidden--nowhere"):
        deviants_named(["hidden--nowhere"])


@pytest.mark.parametrize("site", sorted({one.site for one in generated()}))
def test_every_change_fits(site: str, sites: dict[str, Site]) -> None:
    app = sites[site].app
    for deviant in (one for one in generated() if one.site == site):
        change = Change()
        deviant.make(change)
        with change.of_rules(), kept(app):
            change.of_site(app)


def test_a_page_that_has_changed_since_is_missed(sites: dict[str, Site]) -> None:
    change = Change()
    change.source("home.html", "another source", "")
    with kept(sites["vault"].app), pytest.raises(ChangeError, match=r"home\.html is another"):
        change.of_site(sites["vault"].app)


def test_a_rule_is_itself_again_after_a_change() -> None:
    def rule() -> int:
        return 1

    change = Change()
    assert isinstance(rule, FunctionType)
    change.code(rule, (lambda: 2).__code__)
    with change.of_rules():
        assert rule() == 2
    assert rule() == 1


def answer_of(site: Site, operator: str, detail: str) -> TestResponse:
    """What the home page answers a stranger, with one of the changes of whole answers."""
    [deviant] = [
        one
        for one in candidates()
        if one.site == "wallet" and one.name == f"{operator}--wallet--{detail}"
    ]
    change = Change()
    deviant.make(change)
    with kept(site.app):
        change.of_site(site.app)
        return site.app.test_client().get("/", follow_redirects=False)


def test_a_header_is_missing(sites: dict[str, Site]) -> None:
    whole = sites["wallet"].app.test_client().get("/")
    header = "Referrer-Policy"
    assert header in whole.headers
    assert header not in answer_of(sites["wallet"], "header-missing", "referrer-policy").headers


def test_a_cookie_has_another_attribute(sites: dict[str, Site]) -> None:
    cookie = answer_of(sites["wallet"], "cookie-changed", "cookie-samesite").headers["Set-Cookie"]
    assert "SameSite=Strict" in cookie


def test_a_redirect_has_another_status(sites: dict[str, Site]) -> None:
    assert sites["wallet"].app.test_client().get("/").status_code == 303
    assert answer_of(sites["wallet"], "redirect-changed", "307").status_code == 307


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_wrong_shows(name: str) -> None:
    [deviant] = deviants_named([name])
    found = (difference(deviant, way) for way in WAYS[deviant.clause])
    assert next((each for each in found if each is not None), None) is not None
