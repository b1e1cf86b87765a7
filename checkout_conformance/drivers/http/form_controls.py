"""The controls of a form: types of inputs, chosen options, and controls switched off."""

from __future__ import annotations

from checkout_conformance.drivers.http.dom import Element

TEXT_TYPES = frozenset({"email", "number", "password", "search", "tel", "text", "url"})
PRESSED_TYPES = frozenset({"button", "reset", "submit"})
INPUT_TYPES = (
    TEXT_TYPES
    | PRESSED_TYPES
    | {"checkbox", "color", "date", "datetime-local", "file", "hidden", "image", "month"}
    | {"radio", "range", "time", "week"}
)
CAN_BE_DISABLED = frozenset({"button", "input", "select", "textarea", "option", "optgroup"})


def input_type(element: Element) -> str:
    """Return the type of an <input>: "text" if it is missing or unknown. Otherwise ""."""
    if element.tag != "input":
        return ""
    written = element.get("type").lower()
    return written if written in INPUT_TYPES else "text"


def is_list_box(select: Element) -> bool:
    """Return whether a <select> shows its options as a list, not behind one line."""
    size = select.get("size")
    return select.has("multiple") or (size.isdecimal() and int(size) > 1)


def selected_options(select: Element) -> list[Element]:
    """Return the chosen options of a <select>.

    If the buyer must choose one and none is chosen, the first that can be chosen is.
    """
    options = list(select.descendants("option"))
    chosen = [option for option in options if option.checked]
    if select.has("multiple"):
        return chosen
    if chosen or is_list_box(select):
        return chosen[-1:]
    return [option for option in options if not is_natively_disabled(option)][:1]


def is_natively_disabled(element: Element) -> bool:
    """Return whether HTML switches a control off: itself, its group of options or its fieldset.

    The first legend of a fieldset stays on.
    """
    if element.tag not in CAN_BE_DISABLED:
        return False
    if element.has("disabled"):
        return True
    around = [one for one in element.ancestors() if one.has("disabled")]
    if element.tag == "option" and any(one.tag == "optgroup" for one in around):
        return True
    fieldset = next((one for one in around if one.tag == "fieldset"), None)
    if fieldset is None:
        return False
    legend = next((child for child in fieldset.elements if child.tag == "legend"), None)
    return legend is None or legend not in element.ancestors()
