"""What a picture may not show: two pages that differ in secrets only must look the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from reports import pictures
from reports.onlooker import Onlooker
from reports.pictures import Snapshot, hide_secrets_of, take_full_picture, take_picture
from steps.secrets import redact

Take = Callable[[Page], Snapshot]

PAGE = """
    <label>Amount <input id="amount"></label>
    <label>Password <input class="secret" type="password"></label>
    <label>Shown <input class="secret" type="text" autocomplete="current-password"></label>
    <label>Code <input class="secret" autocomplete="section-pay one-time-code"></label>
    <label>Card <input class="secret" autocomplete="cc-number"></label>
    <label>CSC <input class="secret" autocomplete="cc-csc"></label>
    <label>Expiry <input class="secret" autocomplete="cc-exp"></label>
    <p data-secret style="width: 20em">Code <b id="sent">000000</b></p>
    <iframe srcdoc="<input class=secret type=password>"></iframe>
"""


@pytest.fixture
def filled(page: Page) -> Page:
    page.set_content(PAGE)
    page.frame_locator("iframe").locator("input").wait_for()
    return page


def type_secrets(page: Page, text: str) -> None:
    for frame in page.frames:
        for field in frame.locator(".secret").all():
            field.fill(text)
    page.locator("#sent").evaluate("(element, text) => element.textContent = text", text)
    page.locator("#amount").focus()


@pytest.mark.parametrize("take", [take_picture, take_full_picture])
def test_secrets_are_covered(filled: Page, take: Take) -> None:
    type_secrets(filled, "111111")
    ones = take(filled)
    type_secrets(filled, "482")
    assert take(filled) == ones


@pytest.mark.parametrize("take", [take_picture, take_full_picture])
def test_the_rest_is_not(filled: Page, take: Take) -> None:
    before = take(filled)
    filled.locator("#amount").fill("150.00")
    assert take(filled) != before


@pytest.mark.parametrize("take", [take_picture, take_full_picture])
def test_a_secret_that_comes_while_the_picture_is_taken_is_covered(
    page: Page, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    shoot = pictures._shot

    def shoot_after_the_message_came(page: Page, full_page: bool, mask: list[Locator]) -> bytes:
        page.locator("#sent").evaluate("element => element.dataset.secret = ''")
        return shoot(page, full_page, mask)

    page.set_content('<p id="sent">482913</p>')
    monkeypatch.setattr(pictures, "_shot", shoot_after_the_message_came)
    taken = take(page)
    monkeypatch.undo()
    assert taken == take(page)
    page.locator("#sent").evaluate("element => delete element.dataset.secret")
    assert taken != take(page)


def test_secrets_on_a_page_become_known(filled: Page) -> None:
    type_secrets(filled, "958173")
    hide_secrets_of(filled)
    assert redact("958173 or Code 958173") == "••• or •••"


def test_the_page_that_last_went_somewhere_is_looked_at(context: BrowserContext) -> None:
    onlooker = Onlooker()
    onlooker.watch(context)
    first, second = context.new_page(), context.new_page()
    second.goto("data:text/html,second")
    assert onlooker.pages() == [second, first]
    first.goto("data:text/html,first")
    assert onlooker.pages() == [first, second]
    first.close()
    assert onlooker.pages() == [second]
