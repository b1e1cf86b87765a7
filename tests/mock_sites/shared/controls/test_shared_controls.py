"""The test controls that every site has: the clock, the faults, and how a call is refused."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.test import TestResponse

from mock_sites.shared.controls.control import add_controls, create_controls
from mock_sites.shared.controls.faults import About, Faults, Place
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shared.web.openapi import documented
from tests.support.standing_clock import StandingClock

PHONE = "+79160000001"
FAULT = {"place": "session", "kind": "gone", "phone": PHONE}


class Site:
    """A site with the shared controls, and two of its own that refuse."""

    def __init__(self) -> None:
        self.clock, self.faults = StandingClock(), Faults()
        app = Flask("mock_sites.sample")
        app.secret_key = "sample"
        CSRFProtect(app)
        controls = create_controls("tok-1", self.clock, self.faults)

        @controls.post("/refused")
        @documented("A rule says no", None)
        def refused() -> str:
            raise Refusal("phone.taken")

        @controls.post("/unknown")
        @documented("There is no such thing", None)
        def unknown() -> str:
            raise NotFound("somebody")

        add_controls(app, controls)
        self.client = app.test_client()

    def call(self, method: str, path: str, body: Any = None, token: str = "tok-1") -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"}
        return self.client.open(f"/_control{path}", method=method, json=body, headers=headers)


@pytest.fixture
def site() -> Site:
    return Site()


def told(answer: TestResponse) -> tuple[int, Any]:
    return answer.status_code, answer.json


def test_the_clock_is_read_and_moved(site: Site) -> None:
    start = site.clock.now()
    assert told(site.call("GET", "/clock")) == (200, {"now": start.isoformat()})
    moved = site.call("POST", "/clock", {"advance_seconds": 90.5})
    assert (site.clock.now() - start).total_seconds() == 90.5
    assert told(moved) == (200, {"now": site.clock.now().isoformat()})


@pytest.mark.parametrize("seconds", [0, 366 * 86_400])
def test_a_step_of_the_clock_may_be_as_long_as_a_year(site: Site, seconds: float) -> None:
    assert site.call("POST", "/clock", {"advance_seconds": seconds}).status_code == 200


@pytest.mark.parametrize("seconds", [-1, 366 * 86_400 + 1, "60", None])
def test_a_step_that_does_not_fit_is_refused(site: Site, seconds: object) -> None:
    start = site.clock.now()
    assert site.call("POST", "/clock", {"advance_seconds": seconds}).status_code == 422
    assert site.clock.now() == start


def test_what_does_not_fit_is_named_without_what_was_sent(site: Site) -> None:
    status, body = told(site.call("POST", "/clock", {"advance_seconds": "pw-1"}))
    assert (status, body["error"]) == (422, "the body does not fit")
    [detail] = body["details"]
    assert detail["loc"] == ["advance_seconds"]
    assert set(detail) == {"type", "loc", "msg"}
    [senseless] = told(site.call("POST", "/faults", {**FAULT, "kind": "slow"}))[1]["details"]
    assert set(senseless) == {"type", "loc", "msg"}


def test_faults_are_set_listed_and_removed(site: Site) -> None:
    status, fault = told(site.call("POST", "/faults", {**FAULT, "times": 2}))
    assert (status, fault["id"], fault["left"], fault["struck"]) == (201, "1", 2, 0)
    site.faults.strike(Place.SESSION, About(said=PHONE))
    struck = {**fault, "left": 1, "struck": 1}
    assert told(site.call("GET", "/faults")) == (200, [struck])
    assert told(site.call("DELETE", "/faults/1")) == (200, struck)
    assert told(site.call("GET", "/faults")) == (200, [])
    nothing = {"error": "there is nothing of that name"}
    assert told(site.call("DELETE", "/faults/1")) == (404, nothing)


def test_a_refusal_is_told_by_its_code(site: Site) -> None:
    assert told(site.call("POST", "/refused")) == (409, {"error": "phone.taken"})
    assert told(site.call("POST", "/unknown")) == (404, {"error": "there is nothing of that name"})


def test_without_the_token_nothing_is_done(site: Site) -> None:
    advice = {"error": "give the control token as 'Authorization: Bearer …'"}
    assert told(site.call("POST", "/faults", FAULT, token="tok-2")) == (401, advice)
    assert site.faults.all() == []


def test_the_controls_describe_themselves(site: Site) -> None:
    status, described = told(site.call("GET", "/openapi.json"))
    assert status == 200
    assert described["info"]["title"] == "Test controls of the sample"
    said = {
        (path, method): (operation["summary"], sorted(operation["responses"]))
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    assert said == {
        ("/_control/openapi.json", "get"): ("This description", ["200", "401"]),
        ("/_control/clock", "get"): ("Read the stack's clock", ["200", "401"]),
        ("/_control/clock", "post"): ("Let time pass on every site", ["200", "401", "422"]),
        ("/_control/metrics", "get"): (
            "What the stack counts, for Prometheus",
            ["200", "401", "404"],
        ),
        ("/_control/faults", "get"): ("The faults that were set", ["200", "401"]),
        ("/_control/faults", "post"): ("Have something go wrong", ["201", "401", "422"]),
        ("/_control/faults/{fault_id}", "delete"): (
            "Have it go wrong no more",
            ["200", "401", "404"],
        ),
        ("/_control/batch", "post"): ("Make several calls of controls", ["200", "401", "422"]),
        ("/_control/refused", "post"): ("A rule says no", ["200", "401"]),
        ("/_control/unknown", "post"): ("There is no such thing", ["200", "401"]),
    }
