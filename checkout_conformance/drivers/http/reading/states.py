"""States of elements: whether the buyer can use and change them, as Playwright computes it."""

from __future__ import annotations

from itertools import chain

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.form_controls import is_natively_disabled
from checkout_conformance.drivers.http.reading.aria import ROLES_WITH_DISABLED, ROLES_WITH_READONLY
from checkout_conformance.drivers.http.reading.roles import role_of


def is_disabled(element: Element) -> bool:
    """Return whether the element is switched off: by HTML, or for its role by aria-disabled."""
    if is_natively_disabled(element):
        return True
    written = (one.get("aria-disabled").lower() for one in chain((element,), element.ancestors()))
    nearest = next((value for value in written if value in ("true", "false")), "false")
    return nearest == "true" and role_of(element) in ROLES_WITH_DISABLED


def is_checked(element: Element) -> bool:
    """Return whether a box, radio button or switch is on, of HTML or by ``aria-checked``."""
    if element.tag == "input" and element.get("type").lower() in ("checkbox", "radio"):
        return element.checked
    return element.get("aria-checked").lower() == "true"


def is_editable(element: Element) -> bool:
    """Return whether the buyer can change what the element holds.

    Raises ValueError for an element that holds nothing, such as a paragraph.
    """
    return not _is_readonly(element) and not is_disabled(element)


def _is_readonly(element: Element) -> bool:
    if element.tag in ("input", "textarea", "select"):
        return element.has("readonly")
    if role_of(element) in ROLES_WITH_READONLY:
        return element.get("aria-readonly").lower() == "true"
    if _is_content_editable(element):
        return False
    raise ValueError(f"<{element.tag}> is no control, and its role cannot be read-only")


def _is_content_editable(element: Element) -> bool:
    around = chain((element,), element.ancestors())
    nearest = next((one for one in around if one.has("contenteditable")), None)
    return nearest is not None and nearest.get("contenteditable").lower() != "false"
