"""Read the text of a page with its frames, shadow roots and field values."""

from __future__ import annotations

from playwright.sync_api import Frame, Page

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


def language_of(page: Page) -> str:
    """Return the language of a page, or that of the browser."""
    return str(page.evaluate(LANGUAGE))


def shown_text(page: Page, within: str | None = None) -> str:
    """All that is to be read on a page and in its frames, or within what a CSS selector finds.

    A selector that finds nothing anywhere narrows nothing down.
    """
    frames = [frame for frame in page.frames if not frame.is_detached()]
    if within:
        found = [text for frame in frames for text in _texts_within(frame, within)]
        if found:
            return "\x1e".join(found)
    return "\x1e".join(text for frame in frames for text in _texts_within(frame, "body"))


def _texts_within(frame: Frame, selector: str) -> list[str]:
    return [str(element.evaluate(READ)) for element in frame.locator(selector).all()]
