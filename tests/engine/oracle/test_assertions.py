"""Every assertion of a module is found, and each of its mutants asks for what its name says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checkout_conformance.expectations import check_that
from checkout_conformance.oracle.assertions import assertions_in, assertions_of, instrumented
from checkout_conformance.oracle.switch import SWITCH
from checkout_conformance.project import ROOT

STEPS = '''"""Steps."""

from __future__ import annotations


class Page:
    def is_open(self, page):
        expect(page.heading).to_be_visible()


def says(page, words):
    expect(page.main).to_have_text(words)
    if words:
        assert page.count == 2
    check_that("both hold", page.one and page.other, "one")


def lists(page):
    expect_that("two rows", expect(page.rows).to_have_count, 2)
    expect(page.notice).to_have_count(0)
    page.press("Pay")
'''


class Locator:
    """A locator that says what it was asked for."""

    def __init__(self, holds: Callable[[str], bool]) -> None:
        self.asked: list[str] = []
        self._holds = holds

    @property
    def first(self) -> Locator:
        return self

    def __getattr__(self, name: str) -> Callable[..., None]:
        def ask(*_: object, **__: object) -> None:
            self.asked.append(name)
            if not self._holds(name):
                raise AssertionError(name)

        return ask


def steps_of(locator: Locator) -> dict[str, Any]:
    """The functions of the steps, which find that locator everywhere."""
    names: dict[str, Any] = {
        "expect": lambda _: locator,
        "check_that": check_that,
        "expect_that": lambda _, check, *args: check(*args),
    }
    exec(compile(instrumented(STEPS, "steps.x", "steps.py"), "steps.py", "exec"), names)
    return names


class Shown:
    """A page with one of two things."""

    count, one, other = 2, True, False

    def __init__(self, locator: Locator) -> None:
        self.heading = self.rows = self.main = self.notice = locator

    def press(self, _: str) -> None:
        """Press a button."""


def run(name: str, mutant: str = "", holds: Callable[[str], bool] = bool) -> list[str]:
    """Run a step with a mutant; return what the page was asked for."""
    locator = Locator(holds)
    place, _, operator = mutant.rpartition(":")
    SWITCH.begin(place, operator)
    functions = steps_of(locator)
    if name == "is_open":
        functions["Page"]().is_open(Shown(locator))
    else:
        functions[name](*(Shown(locator), "words") if name == "says" else (Shown(locator),))
    return locator.asked


@pytest.fixture(autouse=True)
def switched_off() -> Any:
    """Leave no mutant switched on."""
    yield
    SWITCH.begin()


def test_each_assertion_has_its_place_and_its_mutants() -> None:
    found = {one.place: one.operators for one in assertions_in(STEPS, "steps.x")}
    assert found == {
        "steps.x:Page.is_open:1": ("drop", "negate", "hidden-too"),
        "steps.x:says:1": ("drop", "negate", "part"),
        "steps.x:says:2": ("drop", "negate"),
        "steps.x:says:3": ("drop", "negate", "one-less", "one-less-2"),
        "steps.x:lists:1": ("drop", "negate", "at-least-one"),
        "steps.x:lists:2": ("drop", "negate"),
    }


def test_without_a_mutant_the_steps_do_as_they_are_written() -> None:
    assert run("lists") == ["to_have_count", "to_have_count"]
    with pytest.raises(AssertionError, match="both hold"):
        run("says")
    assert SWITCH.reached == [f"steps.x:says:{number}" for number in (1, 2, 3)]


def test_the_assertion_that_fails_is_known_and_none_if_all_hold() -> None:
    with pytest.raises(AssertionError, match="both hold"):
        run("says")
    assert SWITCH.failing == "steps.x:says:3"
    run("lists")
    assert SWITCH.failing == ""


def test_an_assertion_that_held_at_last_is_not_the_failing_one() -> None:
    SWITCH.begin()
    for place in ("outer", "polled", "polled"):
        SWITCH.at(place)
    SWITCH.held("polled")
    assert SWITCH.failing == "outer"
    SWITCH.held("outer")
    assert SWITCH.failing == ""


def test_a_dropped_assertion_asks_nothing() -> None:
    assert run("lists", "steps.x:lists:1:drop") == ["to_have_count"]
    assert run("is_open", "steps.x:Page.is_open:1:drop") == []


@pytest.mark.parametrize("name", ["Page.is_open:1", "lists:1", "lists:2"])
def test_a_negated_assertion_fails_where_it_held(name: str) -> None:
    step = name.partition(":")[0].rpartition(".")[2]
    with pytest.raises(AssertionError, match="negated"):
        run(step, f"steps.x:{name}:negate")


def test_a_negated_assertion_holds_where_it_failed() -> None:
    run("is_open", "steps.x:Page.is_open:1:negate", holds=lambda asked: asked != "to_be_visible")


def test_a_plain_assertion_is_negated_too() -> None:
    with pytest.raises(AssertionError):
        run("says", "steps.x:says:2:negate")


@pytest.mark.parametrize(
    ("step", "mutant", "asked"),
    [
        ("lists", "lists:1:at-least-one", ["to_be_visible", "to_have_count"]),
        ("is_open", "Page.is_open:1:hidden-too", ["wait_for"]),
    ],
)
def test_a_weaker_assertion_asks_for_less(step: str, mutant: str, asked: list[str]) -> None:
    assert run(step, f"steps.x:{mutant}") == asked


def test_one_condition_less_is_asked() -> None:
    with pytest.raises(AssertionError):
        run("says", "steps.x:says:3:one-less")
    assert run("says", "steps.x:says:3:one-less-2") == ["to_have_text"]


def test_a_part_of_a_text_is_enough() -> None:
    with pytest.raises(AssertionError, match="both hold"):
        run("says", "steps.x:says:1:part", holds=lambda asked: asked != "to_have_text")


@pytest.mark.parametrize(
    ("assertion", "operators"),
    [
        ("expect(it).to_have_text('words')", ("drop", "negate", "part")),
        ("expect(it).to_have_text(DATE)", ("drop", "negate")),
        ("expect(it).to_have_text(re.compile('[0-9]'))", ("drop", "negate")),
        ("expect(it).to_contain_text(DATE)", ("drop", "negate", "anything")),
        ("expect(it).to_contain_text(SOMETHING)", ("drop", "negate")),
        ("expect_that('x', expect(it).to_contain_text, SOMETHING)", ("drop", "negate")),
        ("expect(it).to_be_editable()", ("drop", "negate", "part")),
        ("expect(it).to_have_value('words')", ("drop", "negate", "anything")),
        ("expect(it).to_have_value('')", ("drop", "negate")),
    ],
)
def test_a_form_that_asks_for_the_same_is_no_mutant(
    assertion: str, operators: tuple[str, ...]
) -> None:
    constants = r"""SOMETHING = re.compile(r"\S")
DATE = re.compile("[0-9]+")
"""
    [found] = assertions_in(f"{constants}def step(it):\n    {assertion}\n", "steps.x")
    assert found.operators == operators


def test_the_assertions_of_the_steps_are_found() -> None:
    found = assertions_of(ROOT / "steps", "steps")
    places = [one.place for one in found]
    assert len(places) == len(set(places))
    assert "steps.wallet:shows_balance:1" in places
