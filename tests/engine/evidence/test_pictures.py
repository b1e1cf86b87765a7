"""What a picture may not show: two pages that differ in secrets only must look the same."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route

from checkout_conformance.evidence import pictures
from checkout_conformance.evidence.browser_recorder import BrowserRecorder
from checkout_conformance.evidence.page_masks import PageChanged, register_page_secrets
from checkout_conformance.evidence.pictures import (
    MASK_COLOUR,
    Snapshot,
    take_full_picture,
    take_picture,
)
from checkout_conformance.redaction.secrets import hide, redact

Take = Callable[[Page], Snapshot]

PAGE = """
    <label>Amount <input id="amount"></label>
    <label>Password <input class="secret" type="password"></label>
    <label>Shown <input class="secret" type="text" autocomplete="current-password"></label>
    <label>Code <input class="secret" autocomplete="section-pay one-time-code"></label>
    <label>Card <input class="secret" autocomplete="CC-NUMBER"></label>
    <label>CSC <input class="secret" autocomplete="cc-csc"></label>
    <label>Expiry <input class="secret" autocomplete="cc-exp"></label>
    <p data-secret style="width: 20em">Code <b id="sent">000000</b></p>
    <iframe srcdoc="<input class=secret type=password>"></iframe>
"""
# Two numbers that nobody named, as long as each other in print.
ONE_CARD, OTHER_CARD = "5555555555554444", "4012888888881881"
# Each has the words {card} and {code}; none says by markup what stands in it.
WHERE_SECRETS_STAND = {
    "a field that will not be completed": '<input autocomplete="off" value="{card}">',
    "a field of an unusual type": '<input type="tel" name="f7" value="{card}">',
    "a security code by its name": '<input name="cvv" autocomplete="off" value="{code}">',
    "a one-time code by its label": '<label>Код из SMS <input value="{code}{code}"></label>',
    "one field for each group": """<input size=4 value="{first}"><input size=4 value="{second}">
        <input size=4 value="{third}"><input size=4 value="{fourth}">""",
    "a placeholder": '<input placeholder="{card}">',
    "a text area": "<textarea>{card}</textarea>",
    "a list": '<select style="width: 20em"><option>Visa {card}</option></select>',
    "something editable": '<div contenteditable style="width: 20em">{card}</div>',
    "something editable for a code": '<div contenteditable aria-label="CVC">{code}</div>',
    "a table": "<table width=400><tr><td>Paid with <td width=300>{grouped}</table>",
    "words and elements": """<p style="width: 30em">CVV: <b>{code}</b>, card <i>{first}</i>
        <i>{second}</i> <i>{third}</i> <i>{fourth}</i></p>""",
    "no box of its own": '<div style="width: 20em"><p style="display: contents">{card}</p></div>',
    "what overflows": '<p style="width: 2px; overflow: visible">{card}</p>',
    "before something": '<style>#a::before {{content: "{card}"}}</style><p id=a></p>',
    "an attribute that is shown": """<style>#a::after {{content: attr(data-x)}}</style>
        <p id=a style="width: 20em" data-x="{grouped}"></p>""",
    "an open component": """<pay-card></pay-card><script>
        document.querySelector("pay-card").attachShadow({{mode: "open"}}).innerHTML =
            '<input value="{card}"><slot></slot>'</script>""",
    "a frame in a frame": """<iframe srcdoc='<iframe srcdoc="<input value={card}>"></iframe>'>
        </iframe>""",
    "an image of vectors": "<svg width=300><text y=20 textLength=200>{card}</text></svg>",
}
WORDS = {
    ONE_CARD: {"card": ONE_CARD, "code": "737", "grouped": "5555 5555 5555 4444"},
    OTHER_CARD: {"card": OTHER_CARD, "code": "111", "grouped": "4012 8888 8888 1881"},
}


def of_card(markup: str, number: str) -> str:
    """A page with the card in it, in letters that are all of one width."""
    groups = dict(
        zip(["first", "second", "third", "fourth"], WORDS[number]["grouped"].split(), strict=True)
    )
    style = "<style>* { font: 16px monospace }</style><p>Order 12345</p>"
    return style + markup.format(**WORDS[number], **groups)


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
def test_secrets_are_masked(filled: Page, take: Take) -> None:
    type_secrets(filled, "111111")
    ones = take(filled)
    type_secrets(filled, "482")
    assert take(filled) == ones


@pytest.mark.parametrize("take", [take_picture, take_full_picture])
def test_the_rest_is_not(filled: Page, take: Take) -> None:
    before = take(filled)
    filled.locator("#amount").fill("150.00")
    assert take(filled) != before


@pytest.mark.parametrize("markup", WHERE_SECRETS_STAND.values(), ids=WHERE_SECRETS_STAND)
def test_a_secret_is_masked_by_its_value_in_any_markup(page: Page, markup: str) -> None:
    shown = {}
    for number in (ONE_CARD, OTHER_CARD):
        page.set_content(of_card(markup, number))
        shown[number] = take_picture(page)
    assert shown[ONE_CARD].jpeg == shown[OTHER_CARD].jpeg
    assert shown[ONE_CARD].masks
    # Without covering they would differ, and it is over after the picture.
    bare = page.screenshot(type="jpeg")
    page.set_content(of_card(markup, ONE_CARD))
    assert page.screenshot(type="jpeg") != bare


def test_a_registered_password_is_masked_in_plain_text(page: Page) -> None:
    hide("plain-pw-1")
    hide("other-pw-2")
    page.set_content("<p style='font: 16px monospace'>You are plain-pw-1</p>")
    one = take_picture(page)
    page.set_content("<p style='font: 16px monospace'>You are other-pw-2</p>")
    assert take_picture(page) == one


def test_secrets_in_a_frame_of_another_site_are_masked(page: Page) -> None:
    def answer(route: Route) -> None:
        inner = f"<input value={ONE_CARD if 'one' in route.request.url else OTHER_CARD}>"
        outer = f"<iframe src='http://other.localhost{route.request.url[-4:]}'></iframe>"
        is_inner = "other" in route.request.url
        route.fulfill(body=inner if is_inner else outer, content_type="text/html")

    page.route("**", answer)
    page.goto("http://sample.localhost/one")
    one = take_picture(page)
    page.goto("http://sample.localhost/two")
    assert take_picture(page) == one
    assert one.masks


CLOSED = """<pay-card></pay-card><script>
    const root = document.querySelector("pay-card").attachShadow({mode: "closed"});
    root.innerHTML = "<input>";
    root.firstChild.focus();
</script>"""


def test_a_closed_component_is_masked_after_typing_into_it(context: BrowserContext) -> None:
    BrowserRecorder().watch(context)
    page = context.new_page()
    page.route("**", lambda route: route.fulfill(body=CLOSED, content_type="text/html"))
    pictures_of = []
    for digits in ("1", "7"):
        page.goto("http://sample.localhost/")
        page.keyboard.type(digits * 5)
        page.mouse.click(5, 400)
        pictures_of.append(take_picture(page))
    assert pictures_of[0] == pictures_of[1]


HARMLESS = """<p>Paid 1 234 567.89 ₽ for order 20261126, phone +7 916 123-45-67, 26.11.2026 11:24,
    card •••• 1111</p><input name="amount" value="150000"><label>Postal code <input value="101000">
    </label><p>Postal code 101000. The code is valid for 300 s. Card number, security code</p>
    <input type="password"><input autocomplete="cc-number">"""


def test_harmless_texts_are_not_masked(page: Page) -> None:
    page.set_content(HARMLESS)
    assert take_picture(page).masks == ()


def test_the_mask_is_drawn_at_the_secrets_position(page: Page) -> None:
    page.set_content(f"<p style='height: 900px'>Below</p><p><b>{ONE_CARD}</b></p>")
    box = page.locator("b").bounding_box()
    assert box
    picture = Image.open(BytesIO(take_full_picture(page).packed()))
    drawn = picture.getpixel((int(box["x"] + 10), int(box["y"] + box["height"] / 2)))
    colour = tuple(bytes.fromhex(MASK_COLOUR.lstrip("#")))
    assert isinstance(drawn, tuple)
    assert all(abs(one - other) < 8 for one, other in zip(drawn, colour, strict=True))


@pytest.mark.parametrize("take", [take_picture, take_full_picture])
def test_a_secret_that_appears_during_the_picture_is_masked(
    page: Page, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    shoot = pictures._capture

    def shoot_after_the_message_came(page: Page, full_page: bool) -> bytes:
        page.locator("#sent").evaluate("element => element.dataset.secret = ''")
        return shoot(page, full_page)

    page.set_content('<p id="sent">482913</p>')
    monkeypatch.setattr(pictures, "_capture", shoot_after_the_message_came)
    taken = take(page)
    monkeypatch.undo()
    assert taken == take(page)
    page.locator("#sent").evaluate("element => delete element.dataset.secret")
    assert taken != take(page)


def test_a_page_that_cannot_be_masked_has_a_reason_instead_of_a_picture(page: Page) -> None:
    page.set_content(f"<style>p {{ opacity: 1 !important }}</style><p>{ONE_CARD}</p>")
    with pytest.raises(PageChanged, match="p with a secret could not be masked"):
        take_picture(page)
    page.set_content(f"<p>{ONE_CARD}</p>")
    page.evaluate("document.createTreeWalker = () => { throw new Error('not here') }; 0")
    with pytest.raises(PageChanged, match=r"secrets could not be masked: .*not here"):
        take_picture(page)


def test_a_page_is_as_it_was_after_the_picture(filled: Page) -> None:
    type_secrets(filled, "482913")
    filled.screenshot()  # Playwright's own traces are not ours.
    before = filled.content()
    take_picture(filled)
    assert filled.content() == before
    assert filled.evaluate("document.getAnimations().length") == 0
    assert filled.evaluate("document.activeElement.id") == "amount"


def test_secrets_on_a_page_become_known(filled: Page) -> None:
    type_secrets(filled, "958173")
    register_page_secrets(filled)
    assert redact("958173 or Code 958173") == "••• or •••"


def test_the_page_that_last_went_somewhere_is_looked_at(context: BrowserContext) -> None:
    recorder = BrowserRecorder()
    recorder.watch(context)
    first, second = context.new_page(), context.new_page()
    second.goto("data:text/html,second")
    assert recorder.pages() == [second, first]
    first.goto("data:text/html,first")
    assert recorder.pages() == [first, second]
    first.close()
    assert recorder.pages() == [second]
