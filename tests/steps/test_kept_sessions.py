"""A buyer of a target file signs in once, as long as the site knows the session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest

from checkout_conformance.drivers.page import Page
from checkout_conformance.people import Buyer
from steps.support.kept_sessions import KeptSessions

ANN = Buyer("Ann Lee", "+79161234567", "pw-kept-1")


class Cookies:
    """A context that keeps cookies."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def cookies(self) -> list[str]:
        return list(self.kept)

    def add_cookies(self, cookies: Sequence[str]) -> None:
        self.kept += cookies


class StubPage:
    def __init__(self) -> None:
        self.context = Cookies()


class StubSite:
    """A site that knows one session at a time, and counts how often somebody signs in."""

    name = "shop"
    sign_in_path = "/login"

    def __init__(self) -> None:
        self.page = cast(Page, StubPage())
        self.session = ""
        self.times = 0
        self.opened: list[str] = []

    @property
    def _context(self) -> Any:
        return self.page.context

    def enter(self, buyer: Buyer, show: bool = True) -> None:
        self.times += 1
        self.session = f"session {self.times}"
        self._context.kept = [self.session]

    def open(self, path: str = "/") -> None:
        self.opened.append(path)

    def asks_to_sign_in(self) -> bool:
        return self.session not in self._context.kept


@pytest.fixture
def site() -> StubSite:
    return StubSite()


def test_the_second_scenario_uses_the_session_of_the_first(site: StubSite) -> None:
    sessions = KeptSessions({(ANN.phone, "shop")})
    sessions.enter(site, ANN)
    site._context.kept = []
    sessions.enter(site, ANN)
    assert site.times == 1
    assert site.opened == ["/login", "/"]


def test_a_session_that_the_site_has_ended_is_renewed(site: StubSite) -> None:
    sessions = KeptSessions({(ANN.phone, "shop")})
    sessions.enter(site, ANN)
    site.session, site._context.kept = "another", []
    sessions.enter(site, ANN)
    sessions.enter(site, ANN)
    assert site.times == 2


def test_an_invented_buyer_signs_in_each_time(site: StubSite) -> None:
    sessions = KeptSessions(())
    sessions.enter(site, ANN)
    sessions.enter(site, ANN)
    assert site.times == 2
