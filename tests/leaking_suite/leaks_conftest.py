"""A team's own steps, which tell secrets wherever something can be told. It is the conftest.py of
a run that test_a_run_leaves_no_secret.py starts.
"""

from __future__ import annotations

import base64
import json
import logging
import sys
import warnings
import zipfile
from pathlib import Path

import allure
from playwright.sync_api import Page, expect
from pytest_bdd import parsers, then, when
from sample_conftest import (  # noqa: F401
    base_url,
    browser_type_launch_args,
    new_context,
    pytest_plugins,
    setting,
)

from steps.secrets import hide

CARD = "4111 1111 1111 1111"
TOLD = hide("told/by the+team")
EVERYTHING = (
    f"card {CARD}, {CARD.replace(' ', '')}, cvv=737, code 604182, {json.dumps({'cvc': '737'})},"
    f" http://ann:pw-in-an-address@shop.example.test/?pass=pw-in-a-query, password: pw-in-words,"
    f" {TOLD}, {base64.b64encode(TOLD.encode()).decode()}, Authorization: Bearer pw-in-a-header"
)
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
    allure.attach(EVERYTHING, f"attached {CARD}", allure.attachment_type.TEXT)
    allure.attach(EVERYTHING.encode(), "bytes")
    allure.attach(f"né {EVERYTHING}".encode("latin-1"), "bytes of another encoding")
    allure.attach.file(zipped(tmp_path / "all.zip"), "a zip", extension="zip")
    allure.attach.file(written(tmp_path / "all.txt"), "a file")
    allure.dynamic.title(f"A title with {CARD}")
    allure.dynamic.description(EVERYTHING)
    allure.dynamic.parameter("card", CARD)
    allure.dynamic.link(f"https://shop.example.test/?card={CARD}", name=CARD)
    allure.dynamic.label("card", CARD)
    with allure.step(f"An inner step with {CARD}"):
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
