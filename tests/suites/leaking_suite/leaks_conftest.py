"""A team's own steps, which tell secrets wherever something can be told. It is the conftest.py of
a run that test_a_run_leaves_no_secret.py starts.
"""

from __future__ import annotations

import logging
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any

import allure
from playwright.sync_api import Page, expect
from pytest_bdd import parsers, then, when

from tests.suites.leaking_suite.leaked import CARD, EVERYTHING
from tests.suites.sample_suite.sample_conftest import (
    base_url as base_url,
)
from tests.suites.sample_suite.sample_conftest import (
    browser_type_launch_args as browser_type_launch_args,
)
from tests.suites.sample_suite.sample_conftest import (
    new_context as new_context,
)
from tests.suites.sample_suite.sample_conftest import (
    pytest_plugins as pytest_plugins,
)
from tests.suites.sample_suite.sample_conftest import (
    setting as setting,
)

# Allure's own functions have no types.
report: Any = allure


PAGE = """
    <h1>Hello</h1>
    <input name="f1" autocomplete="off" aria-label="Number"
        style="position: fixed; left: 100px; top: 100px; width: 300px; height: 40px">
    <a href="//ann:pw-in-an-address@shop.example.test/?pass=pw-in-a-query">Card {card}</a>
    <p>Security code 737</p><p><i>4111</i> <i>1111</i> <i>1111</i> <i>1111</i></p>
    <script>console.log("typed {card}, code 604182"); console.error("told/by the+team")</script>
"""


@when("a step prints, logs, warns of and attaches what it knows")
def tell(tmp_path: Path) -> None:
    print(EVERYTHING)
    print(EVERYTHING, file=sys.stderr)
    logging.getLogger("team").warning("logged: %s", EVERYTHING)
    warnings.warn(EVERYTHING, stacklevel=1)
    report.attach(EVERYTHING, f"attached {CARD}", report.attachment_type.TEXT)
    report.attach(EVERYTHING.encode(), "bytes")
    report.attach(f"né {EVERYTHING}".encode("latin-1"), "bytes of another encoding")
    report.attach.file(zipped(tmp_path / "all.zip"), "a zip", extension="zip")
    report.attach.file(written(tmp_path / "all.txt"), "a file")
    report.dynamic.title(f"A title with {CARD}")
    report.dynamic.description(EVERYTHING)
    report.dynamic.parameter("card", CARD)
    report.dynamic.link(f"https://shop.example.test/?card={CARD}", name=CARD)
    report.dynamic.label("card", CARD)
    with report.step(f"An inner step with {CARD}"):
        pass


def written(path: Path) -> str:
    path.write_text(EVERYTHING)
    return str(path)


def zipped(path: Path) -> str:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("all.txt", EVERYTHING)
    return str(path)


@then("a step compares a card with another one")
def compare() -> None:
    typed = {"card": CARD, "all": EVERYTHING}
    assert typed == {"card": "4000 0000 0000 0003"}


@then(parsers.parse('a step raises "{words}"'))
def fail(words: str) -> None:
    known = EVERYTHING
    raise ValueError(f"{words}: {known}")


@when("a card is typed into a field that nobody marked")
def type_card(page: Page) -> None:
    body = PAGE.replace("{card}", CARD)
    page.route("**", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("http://ann:pw-in-an-address@sample.localhost/?pass=pw-in-a-query")
    page.get_by_label("Number").fill(CARD)
    page.get_by_label("Number").press_sequentially("737")
    page.get_by_label("Number").fill(CARD.replace(" ", ""))


@then("the page is another one")
def another_page(page: Page) -> None:
    expect(page.locator("body")).to_have_text("Bye", timeout=500)
