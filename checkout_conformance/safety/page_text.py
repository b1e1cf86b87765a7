"""Read the text of a page with its frames, shadow roots and field values."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Frame
from playwright.sync_api import Page as BrowserPage

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.forms import value_of
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.http.reading.labels import labels_of
from checkout_conformance.drivers.http.reading.rendered_text import rendered_text
from checkout_conformance.drivers.page import Page

# Separate texts are joined by a record separator.
READ = r"""top => {
    const fields = "input:not([type=checkbox], [type=radio], [type=password], [type=tel],"
        + " [type=email], [type=hidden], [type=submit], [type=button], [autocomplete^='cc-' i],"
        + " [autocomplete='one-time-code' i]), textarea";
    const noText = ["STYLE", "SCRIPT", "TEMPLATE", "NOSCRIPT"];
    const pieces = [];
    const named = field => field.labels?.[0]?.innerText || field.ariaLabel || "";
    const gather = node => {
        pieces.push(node.innerText ?? node.textContent);
        if (node.matches?.(fields)) pieces.push(`${named(node)}: ${node.value}`);
        for (const field of node.querySelectorAll(fields))
            pieces.push(`${named(field)}: ${field.value}`);
        for (const host of [node, ...node.querySelectorAll("*")])
            for (const inner of host.shadowRoot?.childNodes ?? [])
                if (inner.nodeType === Node.TEXT_NODE) pieces.push(inner.textContent);
                else if (inner.nodeType === Node.ELEMENT_NODE && !noText.includes(inner.tagName))
                    gather(inner);
    };
    gather(top);
    return pieces.join("\x1e");
}"""
LANGUAGE = "document.documentElement.lang || navigator.language"
# Separates texts that are read apart.
RECORD = "\x1e"
SECRET_TYPES = ("password", "tel", "email", "hidden", "submit", "button", "checkbox", "radio")


def language_of(page: Page) -> str:
    """Return the language of a page, or that of the browser."""
    if isinstance(page, HttpPage):
        return page.document.root.get("lang") or page.context.locale
    return str(page.evaluate(LANGUAGE))


def shown_text(page: Page, within: str | None = None) -> str:
    """All that is to be read on a page and in its frames, or within what a CSS selector finds.

    A selector that finds nothing anywhere narrows nothing down.
    """
    if isinstance(page, HttpPage):
        return _text_over_http(page, within)
    assert isinstance(page, BrowserPage)
    frames = [frame for frame in page.frames if not frame.is_detached()]
    if within:
        found = [text for frame in frames for text in _texts_within(frame, within)]
        if found:
            return RECORD.join(found)
    return RECORD.join(text for frame in frames for text in _texts_within(frame, "body"))


def _texts_within(frame: Frame, selector: str) -> list[str]:
    return [str(element.evaluate(READ)) for element in frame.locator(selector).all()]


def _text_over_http(page: HttpPage, within: str | None) -> str:
    found = page.document.select(within) if within else []
    return RECORD.join(
        piece
        for element in found or page.document.select("body")
        for piece in _pieces(page, element)
    )


def _pieces(page: HttpPage, element: Element) -> Iterator[str]:
    yield rendered_text(element)
    for field in (element, *element.descendants("input", "textarea")):
        if field.tag in ("input", "textarea") and not _holds_secret(field):
            label = next((one.text() for one in labels_of(field, page.document)), "")
            yield f"{label or field.get('aria-label')}: {value_of(field)}"


def _holds_secret(field: Element) -> bool:
    purpose = field.get("autocomplete").lower()
    secret = purpose.startswith("cc-") or purpose == "one-time-code"
    return secret or field.get("type").lower() in SECRET_TYPES
