"""What a driver lacks is declared, and neither passes nor fails."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from _pytest.outcomes import Skipped

from checkout_conformance.drivers.browser_page import browser_page
from checkout_conformance.drivers.capabilities import (
    DRIVER_LACKS,
    Capability,
    NotTried,
    UndeclaredNeed,
    needs,
    noting,
)
from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.project import ROOT

# What only a browser can do, as it is called in steps and page objects.
OF_BROWSERS = ("evaluate", "screenshot", "browser_page")
SOURCES = [
    *ROOT.glob("steps/**/*.py"),
    *ROOT.glob("checkout_conformance/drivers/site*.py"),
]


@pytest.fixture
def without_scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(DRIVER_LACKS, "_lacking", frozenset({Capability.SCRIPT}))
    DRIVER_LACKS.take_notes()
    DRIVER_LACKS.take_latest()
    yield
    DRIVER_LACKS.take_notes()
    DRIVER_LACKS.take_latest()


@needs(Capability.SCRIPT)
def run_a_script() -> str:
    return "ran"


@needs(Capability.FOCUS)
def move_the_focus() -> str:
    return "moved"


def test_a_driver_that_has_it_does_it() -> None:
    assert run_a_script() == "ran"


@pytest.mark.usefixtures("without_scripts")
def test_what_the_driver_lacks_is_skipped_and_not_called() -> None:
    with pytest.raises(Skipped, match=r"not tried by this driver: script \(run a script\)"):
        run_a_script()
    assert move_the_focus() == "moved"


@pytest.mark.usefixtures("without_scripts")
def test_a_then_that_cannot_be_tried_is_noted_once() -> None:
    then = noting(run_a_script)
    assert then() is None
    assert then() is None
    assert isinstance(DRIVER_LACKS.take_latest(), NotTried)
    assert DRIVER_LACKS.take_latest() is None
    assert DRIVER_LACKS.take_notes() == "not tried by this driver: script (run a script)"
    assert DRIVER_LACKS.take_notes() == ""


@pytest.mark.usefixtures("without_scripts")
def test_other_skips_and_failures_of_a_then_are_not_noted() -> None:
    def skipped() -> None:
        pytest.skip("not offered")

    with pytest.raises(Skipped, match="not offered"):
        noting(skipped)()
    assert DRIVER_LACKS.take_notes() == ""


def test_a_need_that_nobody_declared_is_an_error() -> None:
    page = HttpContext(locale="en", user_agent="test").new_page()
    with pytest.raises(UndeclaredNeed, match=r"@needs\(Capability.SCRIPT\)"):
        page.evaluate("1")
    with pytest.raises(UndeclaredNeed, match="SCRIPT"):
        page.locator("html").evaluate("1")
    with pytest.raises(UndeclaredNeed, match="PICTURES"):
        page.screenshot()
    with pytest.raises(UndeclaredNeed, match="Playwright's own page"):
        browser_page(page)


def undeclared_in(source: str) -> list[str]:
    """The functions that use what only a browser can do, without ``needs``.

    The callers of a private function declare what it needs.
    """
    functions = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)]
    wanted, known = set(OF_BROWSERS), 0
    found: list[str] = []
    while known != len(wanted):
        known = len(wanted)
        found = [one.name for one in functions if not is_declared(one) and calls(one, wanted)]
        wanted |= {name for name in found if name.startswith("_")}
    return [name for name in found if not name.startswith("_")]


def is_declared(function: ast.FunctionDef) -> bool:
    calls = [one.func for one in function.decorator_list if isinstance(one, ast.Call)]
    return any(isinstance(one, ast.Name) and one.id == "needs" for one in calls)


def calls(function: ast.FunctionDef, wanted: set[str]) -> bool:
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(getattr(one, "attr", getattr(one, "id", "")) in wanted for one in called)


def test_steps_and_page_objects_declare_what_only_a_browser_can_do() -> None:
    wrong = {str(one): undeclared_in(one.read_text("utf-8")) for one in SOURCES}
    assert {path: names for path, names in wrong.items() if names} == {}


def test_an_undeclared_need_is_found() -> None:
    used = "def f(page):\n    page.evaluate('1')\n"
    assert undeclared_in(used) == ["f"]
    assert undeclared_in(f"@needs(Capability.SCRIPT)\n{used}") == []
    private = "def _f(page):\n    page.evaluate('1')\n"
    assert undeclared_in(f"{private}def g(page):\n    _f(page)\n") == ["g"]
    assert undeclared_in(f"{private}@needs(Capability.SCRIPT)\ndef g(page):\n    _f(page)\n") == []
