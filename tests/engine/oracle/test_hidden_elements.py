"""Whether a locator would find its element if it were hidden: else that is no weaker mutant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.matrix import Outcome
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.oracle.assertions import Assertion
from checkout_conformance.oracle.report import Known, report_on
from checkout_conformance.oracle.switch import SWITCH
from checkout_conformance.oracle.trials import Trial, TrialResult
from tests.support.opened_page import opened
from tests.support.recording_site import recording_site

PLACE = "steps.x:is_there:1"
BUTTON = Assertion(PLACE, 7, "expect(button).to_be_visible()", ("drop", "negate", "hidden-too"))
BY_ROLE: list[Callable[[Page], Locator]] = [
    lambda page: page.get_by_role("button").first,
    lambda page: page.get_by_role("button", name="Pay").or_(page.get_by_role("link")),
    lambda page: page.locator("main").get_by_role("button"),
]
BY_TEXT: list[Callable[[Page], Locator]] = [
    lambda page: page.get_by_text("Pay"),
    lambda page: page.locator("button"),
    lambda page: page.get_by_role("button").or_(page.get_by_text("Pay")),
]


@pytest.fixture(autouse=True)
def begun() -> Iterator[None]:
    """Begin with no mutant, and leave none switched on."""
    SWITCH.begin()
    yield
    SWITCH.begin()


@pytest.fixture
def tab() -> Iterator[Page]:
    """A page with two buttons."""
    with recording_site() as site:
        yield opened(site, "<button>Pay</button><button>Cancel</button>")


@pytest.mark.parametrize("locate", BY_ROLE)
def test_a_role_finds_only_what_is_shown(tab: Page, locate: Callable[[Page], Locator]) -> None:
    SWITCH.look(PLACE, lambda: locate(tab))
    assert SWITCH.only_shown == [PLACE]


@pytest.mark.parametrize("locate", BY_TEXT)
def test_a_text_finds_what_is_hidden(tab: Page, locate: Callable[[Page], Locator]) -> None:
    SWITCH.look(PLACE, lambda: locate(tab))
    assert SWITCH.only_shown == []


def test_what_has_a_name_is_looked_for_in_all_its_ways(tab: Page) -> None:
    ways = [tab.get_by_role("button", name="Pay"), tab.get_by_text("Pay")]
    SWITCH.look(PLACE, lambda: NamedLocator("Pay", ways[:1]))
    SWITCH.look("steps.x:other:1", lambda: NamedLocator("Pay", ways))
    assert SWITCH.only_shown == [PLACE]


def test_the_page_is_left_as_it_was(tab: Page) -> None:
    before = tab.content()
    SWITCH.look(PLACE, lambda: tab.get_by_role("button"))
    assert tab.content() == before
    assert tab.get_by_role("button").count() == 2


def test_a_mutant_is_not_looked_at(tab: Page) -> None:
    SWITCH.begin(PLACE, "drop")
    SWITCH.look(PLACE, lambda: tab.get_by_role("button"))
    assert SWITCH.only_shown == []


@pytest.mark.parametrize(("only_shown", "left"), [((PLACE,), 2), ((), 3)])
def test_a_form_that_asks_for_the_same_is_no_mutant(only_shown: tuple[str, ...], left: int) -> None:
    trial = Trial(site=REFERENCE, feature="w.feature", name="a rule")
    result = TrialResult(
        trial=trial, outcome=Outcome.PASSED, reached=(PLACE,), only_shown=only_shown
    )
    known = Known([result])
    assert len(known.operators(BUTTON)) == left
    [told] = report_on([BUTTON], known, []).assertions
    assert [one.operator for one in told.mutants] == known.operators(BUTTON)
