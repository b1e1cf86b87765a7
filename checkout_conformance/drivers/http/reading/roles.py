"""Roles of elements: written in the page, or implied by HTML, as Playwright computes them."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.form_controls import (
    TEXT_TYPES,
    input_type,
    is_list_box,
    is_natively_disabled,
)
from checkout_conformance.drivers.http.reading.aria import (
    GLOBAL_ATTRIBUTES,
    PRESENTATIONAL,
    ROLES,
    ROLES_NOT_KEPT_BY_NAME,
    ROLES_WITH_LEVEL,
)

ROLES_BY_TAG = {
    "article": "article",
    "aside": "complementary",
    "blockquote": "blockquote",
    "button": "button",
    "caption": "caption",
    "code": "code",
    "datalist": "listbox",
    "dd": "definition",
    "del": "deletion",
    "details": "group",
    "dfn": "term",
    "dialog": "dialog",
    "dt": "term",
    "em": "emphasis",
    "fieldset": "group",
    "figure": "figure",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "hr": "separator",
    "html": "document",
    "ins": "insertion",
    "li": "listitem",
    "main": "main",
    "mark": "mark",
    "math": "math",
    "menu": "list",
    "meter": "meter",
    "nav": "navigation",
    "ol": "list",
    "optgroup": "group",
    "option": "option",
    "output": "status",
    "p": "paragraph",
    "progress": "progressbar",
    "search": "search",
    "strong": "strong",
    "sub": "subscript",
    "sup": "superscript",
    "svg": "img",
    "table": "table",
    "tbody": "rowgroup",
    "textarea": "textbox",
    "tfoot": "rowgroup",
    "thead": "rowgroup",
    "time": "time",
    "tr": "row",
    "ul": "list",
}
ROLES_BY_INPUT_TYPE = {
    "button": "button",
    "checkbox": "checkbox",
    "file": "button",
    "image": "button",
    "number": "spinbutton",
    "radio": "radio",
    "range": "slider",
    "reset": "button",
    "search": "searchbox",
    "submit": "button",
}
# Inside these, <header> and <footer> belong to a part of the page, not to the whole.
SECTIONS = ("article", "aside", "main", "nav", "section")
SECTION_ROLES = ("article", "complementary", "main", "navigation", "region")
# The parts of a list or table that lose their role together with it, and what they are parts of.
WHOLES = {
    "dd": ("dl", "div"),
    "div": ("dl",),
    "dt": ("dl", "div"),
    "li": ("ol", "ul"),
    "tbody": ("table",),
    "td": ("tr",),
    "tfoot": ("table",),
    "th": ("tr",),
    "thead": ("table",),
    "tr": ("thead", "tbody", "tfoot", "table"),
}
FOCUSABLE = frozenset({"button", "details", "select", "textarea"})


def role_of(element: Element) -> str | None:
    """Return the element's role; None if it has none."""
    explicit = explicit_role(element) if "role" in element.attributes else None
    if explicit is None:
        return _implicit_role(element)
    if explicit in PRESENTATIONAL:
        implicit = _implicit_role(element)
        if _is_needed(element, implicit):
            return implicit
    return explicit


def explicit_role(element: Element) -> str | None:
    """Return the first known role that the page itself gives the element."""
    words = element.get("role").lower().split()
    return next((word for word in words if word in ROLES), None)


def heading_level(element: Element) -> int | None:
    """Return the level of a heading, 1 to 6 for <h1> to <h6>; None without one.

    Playwright gives levels to list items, rows and items of a tree too.
    """
    if len(element.tag) == 2 and element.tag in ROLES_BY_TAG and element.tag[1].isdigit():
        return int(element.tag[1])
    level = element.get("aria-level").strip()
    if not level.isdecimal() or int(level) < 1 or role_of(element) not in ROLES_WITH_LEVEL:
        return None
    return int(level)


def _implicit_role(element: Element) -> str | None:
    by_rule = RULES.get(element.tag)
    role = by_rule(element) if by_rule else ROLES_BY_TAG.get(element.tag)
    if role is None or element.tag not in WHOLES:
        return role
    return _inherited_presentation(element) or role


def _inherited_presentation(part: Element) -> str | None:
    """Return "none" or "presentation" if a whole that the element belongs to has that role."""
    whole = part.parent
    while whole is not None and whole.tag in WHOLES.get(part.tag, ()):
        explicit = explicit_role(whole)
        if explicit in PRESENTATIONAL and not _is_needed(whole, explicit):
            return explicit
        part, whole = whole, whole.parent
    return None


def _is_needed(element: Element, role: str | None) -> bool:
    """Return whether an element keeps its role although the page says it has none."""
    return _has_global_attribute(element, role) or _is_focusable(element)


def _has_global_attribute(element: Element, role: str | None) -> bool:
    if any(map(element.has, GLOBAL_ATTRIBUTES)):
        return True
    if element.has("aria-roledescription") and role != "generic":
        return True
    return _is_named(element) and role not in ROLES_NOT_KEPT_BY_NAME


def _is_named(element: Element) -> bool:
    return element.has("aria-label") or element.has("aria-labelledby")


def _is_focusable(element: Element) -> bool:
    if is_natively_disabled(element):
        return False
    if element.tag in FOCUSABLE or _has_tab_index(element):
        return True
    if element.tag == "input":
        return not element.has("hidden")
    return element.tag in ("a", "area") and element.has("href")


def _has_tab_index(element: Element) -> bool:
    written = element.get("tabindex").strip()
    return element.has("tabindex") and (not written or written.lstrip("+-").isdecimal())


def _link(element: Element) -> str | None:
    return "link" if element.has("href") else None


def _page_part(role: str) -> Callable[[Element], str | None]:
    def rule(element: Element) -> str | None:
        return None if any(map(_is_section, element.ancestors())) else role

    return rule


def _is_section(element: Element) -> bool:
    if element.has("role"):
        return element.get("role") in SECTION_ROLES
    return element.tag in SECTIONS


def _if_named(role: str) -> Callable[[Element], str | None]:
    return lambda element: role if _is_named(element) else None


def _picture(element: Element) -> str:
    decorative = element.has("alt") and not element.get("alt") and not element.get("title")
    if decorative and not _has_global_attribute(element, None) and not _has_tab_index(element):
        return "presentation"
    return "img"


def _input(element: Element) -> str | None:
    kind = input_type(element)
    if kind == "hidden":
        return None
    if kind in TEXT_TYPES and kind not in ("number", "password") and _has_suggestions(element):
        return "combobox"
    return ROLES_BY_INPUT_TYPE.get(kind, "textbox")


def _has_suggestions(element: Element) -> bool:
    wanted = element.get("list")
    if not wanted:
        return False
    *_, root = element.ancestors()
    named = next((one for one in root.descendants() if one.get("id") == wanted), None)
    return named is not None and named.tag == "datalist"


def _data_cell(element: Element) -> str:
    table = element.closest("table")
    return "gridcell" if table and explicit_role(table) in ("grid", "treegrid") else "cell"


def _header_cell(element: Element) -> str | None:
    scope = element.get("scope")
    if scope in ("col", "colgroup"):
        return "columnheader"
    if scope in ("row", "rowgroup"):
        return "rowheader"
    before, after = _neighbours(element)
    if before is None and after is None:
        return None if _is_only_row(element.parent) else "columnheader"
    if before and after and before.tag == after.tag == "th":
        return "columnheader"
    return "rowheader" if _has_data(before) or _has_data(after) else "columnheader"


def _neighbours(element: Element) -> tuple[Element | None, Element | None]:
    siblings = list(element.parent.elements) if element.parent else [element]
    here = siblings.index(element)
    before = siblings[here - 1] if here else None
    return before, next(iter(siblings[here + 1 :]), None)


def _has_data(cell: Element | None) -> bool:
    return (
        cell is not None
        and cell.tag == "td"
        and (bool(cell.text().strip()) or any(True for _ in cell.elements))
    )


def _is_only_row(row: Element | None) -> bool:
    table = row.closest("table") if row else None
    if table is None:
        return False
    rows = (one for one in table.descendants("tr") if one.closest("table") is table)
    return all(one is row for one in rows)


RULES: dict[str, Callable[[Element], str | None]] = {
    "a": _link,
    "area": _link,
    "footer": _page_part("contentinfo"),
    "form": _if_named("form"),
    "header": _page_part("banner"),
    "img": _picture,
    "input": _input,
    "section": _if_named("region"),
    "select": lambda element: "listbox" if is_list_box(element) else "combobox",
    "td": _data_cell,
    "th": _header_cell,
}
