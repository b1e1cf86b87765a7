"""What a buyer can see of a page whose stylesheets are not loaded, and what its roles expose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.form_controls import input_type, is_list_box

UNTIL_FOUND = "until-found"
BLANKS = " \t\n\f\r"
DISPLAYS = {
    "none": "area base datalist embed head link meta noembed noframes param rp script source style"
    " template title track",
    "block": "address article aside blockquote body center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend listing main"
    " menu nav ol optgroup option p plaintext pre search section text ul xmp",
    "list-item": "li summary",
    "inline-block": "button input marquee meter progress select textarea",
    "table": "table",
    "table-caption": "caption",
    "table-cell": "td th",
    "table-column": "col",
    "table-column-group": "colgroup",
    "table-footer-group": "tfoot",
    "table-header-group": "thead",
    "table-row": "tr",
    "table-row-group": "tbody",
    "ruby": "ruby",
    "ruby-text": "rt",
}
DISPLAY_BY_TAG = {tag: display for display, tags in DISPLAYS.items() for tag in tags.split()}
# They have a size even if they are empty.
SIZED = frozenset(
    {"audio", "button", "col", "colgroup", "details", "dialog", "fieldset", "hr", "html", "iframe"}
    | {"input", "li", "meter", "object", "progress", "q", "select", "td", "textarea", "th", "video"}
)
BREAKS = ("br", "wbr")
# Their content is for browsers that do not know them.
WITH_FALLBACK = frozenset({"audio", "iframe", "meter", "progress", "video"})
# They are not rendered without an attribute.
HIDDEN_WITHOUT = {"audio": "controls", "dialog": "open"}
LISTS = ("select", "optgroup")
# Nothing in them counts for roles and names; <noscript> too, although it is shown.
IGNORED = frozenset({"noscript", "script", "style", "template"})

_hidden_counts = ContextVar("hidden_counts", default=False)


@contextmanager
def hidden_elements_count() -> Iterator[None]:
    """Let roles and names include hidden elements while the block runs."""
    before = _hidden_counts.set(True)
    try:
        yield
    finally:
        _hidden_counts.reset(before)


def is_visible(element: Element) -> bool:
    """Return whether the element can be seen: it is rendered, not invisible, and has a size."""
    return is_rendered(element) and not is_invisible(element) and _has_size(element)


def is_exposed(element: Element) -> bool:
    """Return whether roles and names include the element: it is rendered and not aria-hidden."""
    if _hidden_counts.get():
        return element.tag not in IGNORED
    if element.tag in IGNORED or any(map(_is_hidden_part, chain((element,), element.ancestors()))):
        return False
    if element.tag == "option" and element.closest("select"):
        # The options of a closed list count.
        return True
    return is_rendered(element) and not is_invisible(element)


def is_rendered(element: Element) -> bool:
    """Return whether the element has a place on the page, if not always a size."""
    inner = element
    if display_of(inner) == "none":
        return False
    for outer in element.ancestors():
        if display_of(outer) == "none" or not shows(outer, inner):
            return False
        inner = outer
    return True


def shows(element: Element, child: Element | str) -> bool:
    """Return whether an element that is rendered shows this child, unless it hides itself."""
    tag = element.tag
    if tag == "details" and not element.has("open"):
        return child is first_summary(element)
    if tag in LISTS:
        select = element.closest("select")
        return select is None or is_list_box(select)
    return tag not in WITH_FALLBACK and not hides_content(element)


def first_summary(details: Element) -> Element | None:
    """Return the summary that stands for the details when they are closed."""
    return next((child for child in details.elements if child.tag == "summary"), None)


def hides_content(element: Element) -> bool:
    """Return whether an element keeps its place, but hides what it contains until it is found."""
    if "hidden" not in element.attributes or element.get("hidden").lower() != UNTIL_FOUND:
        return False
    return display_of(element) in ("block", "inline-block", "list-item")


def is_invisible(element: Element) -> bool:
    """Return whether the nearest ``visibility`` in a style attribute hides the element."""
    for one in chain((element,), element.ancestors()):
        if "style" in one.attributes and (written := styled(one, "visibility")):
            return written != "visible"
    return False


def display_of(element: Element) -> str:
    """Return how the element is laid out: CSS's ``display``, such as "none" or "inline"."""
    attributes, tag = element.attributes, element.tag
    if not attributes and tag not in HIDDEN_WITHOUT:
        return DISPLAY_BY_TAG.get(tag, "inline")
    if tag == "input" and input_type(element) == "hidden":
        return "none"
    if "style" in attributes and (written := styled(element, "display")):
        return written
    if "hidden" in attributes and tag != "svg" and element.get("hidden").lower() != UNTIL_FOUND:
        return "none"
    needed = HIDDEN_WITHOUT.get(tag)
    if "popover" in attributes or (needed is not None and needed not in attributes):
        return "none"
    return DISPLAY_BY_TAG.get(tag, "inline")


def styled(element: Element, name: str) -> str:
    """Return the value of a property in the style attribute, in lower case. "" if it is missing."""
    value = ""
    for declaration in element.get("style").lower().split(";"):
        written, _, wanted = declaration.partition(":")
        if written.strip() == name:
            value = wanted.replace("!important", "").strip()
    return value


def is_blank(text: str, element: Element) -> bool:
    """Return whether a text in the element takes no place: only spaces and line breaks."""
    return not text.strip(BLANKS) and not (text and is_preformatted(element))


def is_preformatted(element: Element) -> bool:
    """Return whether spaces and line breaks in the element are shown as they are written."""
    return element.closest("pre", "textarea", "listing", "xmp", "plaintext") is not None


def _is_hidden_part(element: Element) -> bool:
    hidden = element.attributes.get("aria-hidden")
    return (hidden is not None and hidden.lower() == "true") or display_of(element) == "none"


def _has_size(element: Element) -> bool:
    if _has_ink(element):
        return True
    # A line break, or a place for one, makes a block as high as a line.
    return display_of(element) != "inline" and any(map(is_rendered, element.descendants(*BREAKS)))


def _has_ink(element: Element) -> bool:
    if element.tag in SIZED:
        return True
    if element.tag in ("img", "svg"):
        return _is_picture(element)
    if element.tag == "summary" and element.parent and element.parent.tag == "details":
        return True
    return any(
        not is_blank(child, element)
        if isinstance(child, str)
        # A dialog lies over the page.
        else display_of(child) != "none" and child.tag != "dialog" and _has_ink(child)
        for child in element.children
        if shows(element, child)
    )


def _is_picture(element: Element) -> bool:
    if "0" in (element.get("width"), element.get("height")):
        return False
    # A picture that cannot be loaded shows its text; whether it can be is not known here.
    return element.tag != "img" or bool(element.get("src") or element.get("alt").strip())
