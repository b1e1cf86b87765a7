"""Texts of elements, and how Playwright compares them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.form_controls import PRESSED_TYPES, input_type
from checkout_conformance.drivers.http.reading.patterns import as_in_browser

# Playwright reads no text in them.
UNREAD = frozenset({"head", "noscript", "script", "style"})
# What Playwright leaves out, and a space of JavaScript's that is none of Python's.
UNUSUAL = {"\u200b": "", "\u00ad": "", "\ufeff": " "}


def plain_text(element: Element) -> str:
    """Return the text that get_by_text, has_text and to_have_text compare, hidden parts too.

    It is empty for scripts, styles, <noscript> and everything in <head>.
    """
    return "" if element.closest("head") else _note_texts(element, {})


def matching_elements(
    root: Element, wanted: str | re.Pattern[str], exact: bool = False
) -> list[Element]:
    """Return what get_by_text finds: elements with the text that no child of theirs has.

    ``root`` is the element to search; it can itself be found.
    """
    texts: dict[Element, str] = {}
    _note_texts(root, texts)
    fitting = {one for one, text in texts.items() if fits(wanted, text, exact)}
    # If a part of a text is wanted, Playwright does not look into elements without it.
    prunes = isinstance(wanted, str) and not exact

    def search(element: Element) -> Iterator[Element]:
        found = element in fitting and element.tag not in UNREAD
        if found and fitting.isdisjoint(element.elements):
            yield element
        if found or not prunes:
            for child in element.elements:
                yield from search(child)

    return list(search(root))


def fits(wanted: str | re.Pattern[str], have: str, exact: bool = False) -> bool:
    """Return whether a text is the one wanted; spaces at its ends and repeated ones never count.

    A string must be a part of the text, in any letter case; with ``exact`` the whole text, in the
    same letter case. A pattern must be found in the text as it is written.
    """
    if isinstance(wanted, re.Pattern):
        return as_in_browser(wanted).search(have) is not None
    if exact:
        return normalized(have) == normalized(wanted)
    return normalized(wanted).lower() in normalized(have).lower()


def name_fits(wanted: str | re.Pattern[str], name: str, exact: bool = False) -> bool:
    """Return whether get_by_role takes an accessible name or description for the one wanted.

    As ``fits``, but a pattern sees simple spaces even where the page has &nbsp;.
    """
    return fits(wanted, normalized(name), exact)


def normalized(text: str) -> str:
    """Return the text with single spaces, none at its ends, and without soft hyphens."""
    for letter, instead in UNUSUAL.items():
        text = text.replace(letter, instead)
    return " ".join(text.split())


def _note_texts(element: Element, texts: dict[Element, str]) -> str:
    """Return an element's text; note it and those of all elements inside in ``texts``.

    The elements in <head> are left out.
    """
    if element.tag == "head":
        return ""
    text = "".join(
        child if isinstance(child, str) else _note_texts(child, texts) for child in element.children
    )
    if element.tag in UNREAD:
        text = ""
    elif input_type(element) in PRESSED_TYPES:
        text = element.value or ""
    texts[element] = text
    return text
