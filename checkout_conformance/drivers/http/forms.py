"""Forms: what a press of a button sends, as a browser builds it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from checkout_conformance.drivers.http.addresses import address_of
from checkout_conformance.drivers.http.client import Navigation
from checkout_conformance.drivers.http.dom import Document, Element, set_initial_state
from checkout_conformance.drivers.http.form_controls import (
    input_type,
    is_list_box,
    is_natively_disabled,
    selected_options,
)

CONTROLS = ("input", "select", "textarea", "button")
PRESSED = ("submit", "image", "button", "reset")
URL_ENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
ONE_LINE = ("email", "password", "search", "tel", "text", "url")
LINE_BREAK = re.compile(r"\r\n|\r|\n")
NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)
EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(\.[a-z\d-]+)*", re.ASCII | re.IGNORECASE)

Entry = tuple[str, str]


@dataclass(frozen=True)
class Form:
    """A form of a page, and the button that sends it."""

    element: Element
    document: Document
    button: Element | None = None

    def navigation(self, page: str, base: str) -> Navigation | None:
        """Return the request that sends the form from the page at ``page``.

        ``base`` is the address that relative ones on the page begin at. None if another
        program opens the form's address.
        """
        entries = [*self.entries()]
        action = self._told("action")
        url = address_of(base, action) if action else page
        if url is None:
            return None
        if self._told("method").lower() != "post":
            where, sign, part = url.partition("#")
            where = where.partition("?")[0]
            return Navigation("GET", f"{where}?{_encoded(entries)}{sign}{part}", page)
        if self._told("enctype").lower() == MULTIPART:
            boundary = secrets.token_hex(16)
            body = _multipart(entries, boundary)
            return Navigation("POST", url, page, body, f"{MULTIPART}; boundary={boundary}")
        return Navigation("POST", url, page, _encoded(entries).encode(), URL_ENCODED)

    @property
    def target(self) -> str:
        """The window for the answer: ``_blank`` is a new one, "" this one."""
        return self._told("target").lower()

    def controls(self) -> Iterator[Element]:
        """The controls that belong to the form, in document order."""
        for control in self.document.root.descendants(*CONTROLS):
            if form_of(control, self.document) is self.element:
                yield control

    def entries(self) -> Iterator[Entry]:
        """The names and values that the form sends."""
        for control in self.controls():
            name = control.get("name")
            if is_natively_disabled(control):
                continue
            if control is self.button and control.get("type").lower() == "image":
                # It tells where it was pressed. Here nothing has a place.
                yield from ((f"{name}.{axis}" if name else axis, "0") for axis in "xy")
            elif name:
                for value in self._values_of(control):
                    yield name, LINE_BREAK.sub("\r\n", value)

    def invalid_control(self) -> Element | None:
        """Return the first control that a browser would complain about before it sends anything."""
        button = self.button
        if self.element.has("novalidate") or (button is not None and button.has("formnovalidate")):
            return None
        return next((one for one in self.controls() if not self._is_valid(one)), None)

    def _told(self, name: str) -> str:
        """Return an attribute of the form, or what the button says instead."""
        if self.button is not None and self.button.has(f"form{name}"):
            return self.button.get(f"form{name}")
        return self.element.get(name)

    def _values_of(self, control: Element) -> Iterator[str]:
        kind = control.get("type").lower()
        if control.tag == "button" or kind in PRESSED:
            if control is self.button:
                yield control.get("value")
        elif control.tag == "select":
            options = selected_options(control)
            yield from (value_of(one) for one in options if not is_natively_disabled(one))
        elif kind not in ("checkbox", "radio") or control.checked:
            yield value_of(control)

    def _is_valid(self, control: Element) -> bool:
        kind = control.get("type").lower()
        if is_natively_disabled(control) or control.has("readonly") or kind in (*PRESSED, "hidden"):
            return True
        if control.has("required") and not self._has_value(control):
            return False
        return not value_of(control) or _fits(input_type(control), control)

    def _has_value(self, control: Element) -> bool:
        if control.get("type").lower() == "radio":
            return any(one.checked for one in radio_group(control, self.document))
        if control.get("type").lower() == "checkbox":
            return control.checked
        if control.tag == "select":
            chosen = selected_options(control)
            is_placeholder = chosen[:1] == [*control.descendants("option")][:1]
            return any(map(value_of, chosen)) or bool(
                chosen and (is_list_box(control) or not is_placeholder)
            )
        return bool(value_of(control))


def form_of(control: Element, document: Document) -> Element | None:
    """Return the control's form: that of its ``form`` attribute, or the one around it."""
    if control.has("form"):
        named = document.ids.get(control.get("form"))
        return named if named is not None and named.tag == "form" else None
    return control.closest("form")


def value_of(control: Element) -> str:
    """Return a control's value: typed, chosen, or what its ticked box sends."""
    if control.tag == "select":
        return next((value_of(option) for option in selected_options(control)), "")
    if control.tag == "option":
        return control.get("value") if control.has("value") else " ".join(control.text().split())
    if control.get("type").lower() in ("checkbox", "radio"):
        return control.get("value", "on")
    value = control.value if control.value is not None else control.get("value")
    return _sanitized(input_type(control), value)


def reset(form: Element, document: Document) -> None:
    """Take back what was typed and chosen in a form."""
    for control in Form(form, document).controls():
        for one in (control, *control.descendants("option")):
            set_initial_state(one)
    settle_radio_groups(document)


def settle_radio_groups(document: Document) -> None:
    """Leave one choice in each group of radio buttons: the last one that the page makes."""
    for radio in reversed([*document.root.descendants("input")]):
        if radio.checked and radio.get("type").lower() == "radio":
            for other in radio_group(radio, document):
                other.checked = other is radio


def radio_group(radio: Element, document: Document) -> Iterator[Element]:
    """The radio buttons of which one at a time is chosen, this one too."""
    form = form_of(radio, document)
    for one in document.root.descendants("input"):
        same_name = one is radio or (one.get("name") and one.get("name") == radio.get("name"))
        if one.get("type").lower() == "radio" and same_name and form_of(one, document) is form:
            yield one


def _sanitized(kind: str, value: str) -> str:
    """A browser keeps no value in a field that its type does not allow."""
    if kind in ONE_LINE:
        value = value.replace("\r", "").replace("\n", "")
    if kind == "number" and not NUMBER.fullmatch(value):
        return ""
    return value.strip() if kind in ("email", "url") else value


def _fits(kind: str, control: Element) -> bool:
    value = value_of(control)
    if kind == "number":
        lowest, highest = control.get("min", "-inf"), control.get("max", "inf")
        return float(lowest) <= float(value) <= float(highest)
    if kind == "email" and not EMAIL.fullmatch(value):
        return False
    pattern = control.get("pattern") if kind in ONE_LINE else ""
    return not pattern or re.fullmatch(pattern, value) is not None


def _encoded(entries: list[Entry]) -> str:
    """Python leaves other signs as they are than HTML's URL encoding does."""
    return urlencode(entries, safe="*").replace("~", "%7E")


def _multipart(entries: list[Entry], boundary: str) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{value}\r\n'
        for name, value in entries
    ]
    return "".join([*parts, f"--{boundary}--\r\n"]).encode()


def _quoted(name: str) -> str:
    return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
