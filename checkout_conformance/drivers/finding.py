"""Find things on a page by what they are called, wherever a site puts them.

Landmarks are a preference, never a condition: the content is the ``main`` of a page, or else its
body without menus, header and footer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.locator import HttpLocator
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Finder, Locator, Page, Text
from checkout_conformance.targets.names import Name

Find = Callable[[Finder, Text], Locator]

MAIN = "main, [role=main]"
# A picture, or what shows one as its background and has a name.
PICTURE = "img, svg, [role=img]"
MENUS = "nav, [role=navigation]"
# What opens a menu that is folded.
FOLDED_MENUS = (
    "nav details:not([open]) > summary, nav [aria-expanded=false],"
    " header details:not([open]) > summary, header [aria-expanded=false]"
)
ABOVE = "header, [role=banner]"
BLOCKS = "section, article, aside, div, li, form, fieldset, dialog"
DIALOGS = "dialog[open], [role=dialog], [role=alertdialog]"
FIELDS = (
    "input, select, textarea, [contenteditable], [role=textbox], [role=combobox], [role=listbox],"
    " [role=searchbox], [role=spinbutton], [role=checkbox], [role=switch], [role=radio]"
)
# By tag and by role: what frames the content of a page that has no main.
FRAME_TAGS, FRAME_ROLES = ("nav", "header", "footer"), ("navigation", "banner", "contentinfo")
# A header or footer in one of these belongs to it, not to the page.
PART_TAGS = ("main", "article", "section", "aside", "dialog", "form")


@dataclass(frozen=True)
class Around:
    """A condition on the elements around one: the same for both drivers."""

    xpath: str
    holds: Callable[[Element], bool]

    def keep(self, found: Locator) -> Locator:
        """Keep the elements that meet the condition."""
        if isinstance(found, HttpLocator):
            return found.keep(self.holds)
        return found.locator(f"xpath=self::*[{self.xpath}]")


def _has_around(tags: Iterable[str] = (), roles: Iterable[str] = ()) -> Callable[[Element], bool]:
    wanted_tags, wanted_roles = frozenset(tags), frozenset(roles)

    def holds(element: Element) -> bool:
        return any(
            one.tag in wanted_tags or one.get("role") in wanted_roles for one in element.ancestors()
        )

    return holds


def _ancestor(tags: Iterable[str] = (), roles: Iterable[str] = ()) -> str:
    return " or ".join(
        [*(f"ancestor::{tag}" for tag in tags)] + [f"ancestor::*[@role='{role}']" for role in roles]
    )


def _is_framed(element: Element) -> bool:
    for one in element.ancestors():
        if one.tag == "main" or one.get("role") == "main":
            return False
        if one.tag == "nav" or one.get("role") in FRAME_ROLES:
            return True
        if one.tag in FRAME_TAGS and one.closest(*PART_TAGS) is None:
            return True
    return False


_PARTS = " or ".join(f"ancestor::{tag}" for tag in PART_TAGS)
CONTENT = Around(
    f"{_ancestor(['main'], ['main'])} or not({_ancestor(['nav'], FRAME_ROLES)}"
    f" or ancestor::header[not({_PARTS})] or ancestor::footer[not({_PARTS})])",
    lambda element: not _is_framed(element),
)
_in_main = _has_around(["main"], ["main"])
_in_footer = _has_around(["footer"], ["contentinfo"])
OUTSIDE_MAIN = Around(f"not({_ancestor(['main'], ['main'])})", lambda one: not _in_main(one))
BESIDE_MAIN = Around(
    f"not({_ancestor(['main', 'footer'], ['main', 'contentinfo'])})",
    lambda one: not _in_main(one) and not _in_footer(one),
)


def button(at: Finder, name: Text) -> Locator:
    """Find buttons, and links that look like one."""
    return _of_roles(at, name, "button", "link")


def link(at: Finder, name: Text) -> Locator:
    """Find links."""
    return _of_roles(at, name, "link")


def entry(at: Finder, name: Text) -> Locator:
    """Find the entries of a menu."""
    return _of_roles(at, name, "link", "button", "menuitem")


def radio(at: Finder, name: Text) -> Locator:
    """Find radio buttons."""
    return _of_roles(at, name, "radio")


def choice(at: Finder, name: Text) -> Locator:
    """Find the answers to a question: radio buttons, or options of a list box."""
    return _of_roles(at, name, "radio", "option")


def tick(at: Finder, name: Text) -> Locator:
    """Find tick boxes and switches."""
    return _of_roles(at, name, "checkbox", "switch")


def field(at: Finder, name: Text) -> Locator:
    """Find the fields with a label."""
    return at.get_by_label(name, exact=True).and_(at.locator(FIELDS))


def answer(at: Finder, name: Text) -> Locator:
    """Find the answers to a question, also those that are buttons or links."""
    return _of_roles(at, name, "button", "link", "radio", "option")


def heading(at: Finder, name: Text) -> Locator:
    """Find headings."""
    return _of_roles(at, name, "heading")


def fold(at: Finder, name: Text) -> Locator:
    """Find parts that can be folded by the words that stay there."""
    return at.locator("details").filter(has=at.locator("summary").filter(has_text=name))


def part(at: Finder, name: Text) -> Locator:
    """Find named parts of a page."""
    return _of_roles(
        at, name, "region", "dialog", "alertdialog", "complementary", "article", "form", "group"
    )


def list_part(at: Finder, name: Text) -> Locator:
    """Find named lists, tables and choices, and what a page reports."""
    return _of_roles(at, name, "list", "table", "radiogroup", "status", "alert")


def main_of(page: Page) -> Locator:
    """Return the main part of the page: its body, if no part is marked as that."""
    main = page.locator(MAIN)
    return main.or_(page.locator("body").filter(has_not=main))


def in_content(page: Page, name: Name, find: Find, what: str) -> NamedLocator:
    """Find something by its name in the content of the page, or else in a dialog over it."""
    main, dialog = main_of(page), page.locator(DIALOGS)
    ways = [CONTENT.keep(find(main, text)) for text in name.levels]
    return NamedLocator(f'{what} "{name.words}"', [*ways, ways[-1].or_(find(dialog, name.within))])


def in_part_named(page: Page, part_name: Name, name: Name, find: Find, what: str) -> Locator:
    """Find something in the part of the page that it belongs to, or else in the content.

    The part is a landmark or dialog with the name, or what stands around a heading with it.
    """
    around = main_of(page).or_(page.locator(DIALOGS))
    named = part(around, part_name.within)
    headed = around.locator(BLOCKS).filter(has=heading(page, part_name.within))
    ways = [find(named, text) for text in name.levels]
    for text in name.levels:
        # The last of the blocks around both is the innermost.
        ways.append(find(headed.filter(has=find(page, text)).last, text))
    content = in_content(page, name, find, what)
    return NamedLocator(content.told, [*ways, *content.alternatives])


def with_picture(page: Page, name: Name, picture: Locator, what: str) -> NamedLocator:
    """Find a link in the content by its name, if it has a picture in it."""

    def pictured(at: Finder, text: Text) -> Locator:
        return _of_roles(at, text, "link", "button").filter(has=picture)

    return in_content(page, name, pictured, what)


def named_part(page: Page, name: Name) -> NamedLocator:
    """Find a part of the page by its name: its own, or else that of a heading or a fold in it."""
    around = main_of(page).or_(page.locator(DIALOGS))
    own = [kind(around, text) for kind in (part, list_part) for text in name.levels]
    headed = around.locator(BLOCKS).filter(has=heading(page, name.within)).last
    folds = fold(page, name.within)
    # The last one finds all that any of the others does: it is waited for.
    loosest = part(around, name.within).or_(list_part(around, name.within)).or_(headed).or_(folds)
    return NamedLocator(f'part "{name.words}"', [*own, headed, folds, loosest])


def named_question(page: Page, name: Name) -> NamedLocator:
    """Find the answers to a question: the part with its name, or a field with it for a label."""
    group, box = named_part(page, name), in_content(page, name, field, "field")
    ways = [*group.alternatives[:-1], *box.alternatives[:-1]]
    loosest = group.alternatives[-1].or_(box.alternatives[-1])
    return NamedLocator(f'question "{name.words}"', [*ways, loosest])


def in_part(scope: Locator, name: Name, find: Find, what: str) -> Locator:
    """Find something by its name in a part of the page."""
    told = f'{what} "{name.words}"'
    if isinstance(scope, NamedLocator):
        return scope.then(told, lambda found: in_part(found, name, find, what))
    return NamedLocator(told, [find(scope, text) for text in name.levels])


def in_menu(page: Page, name: Name) -> Locator:
    """Find an entry of the site's menu, or what stands for one if the menu is no landmark."""
    places: Sequence[Callable[[Text], Locator]] = (
        lambda text: entry(page.locator(MENUS), text),
        lambda text: entry(page.locator(ABOVE), text),
        lambda text: BESIDE_MAIN.keep(entry(page, text)),
        lambda text: OUTSIDE_MAIN.keep(entry(page, text)),
    )
    ways = [place(text) for place in places for text in name.levels]
    # The last one finds all that any of the others does: it is waited for.
    loosest = places[0](name.within).or_(places[1](name.within)).or_(places[3](name.within))
    return NamedLocator(f'menu entry "{name.words}"', [*ways, loosest])


def _of_roles(at: Finder, name: Text, *roles: str) -> Locator:
    first, *others = (at.get_by_role(role, name=name, exact=True) for role in roles)
    for other in others:
        first = first.or_(other)
    return first
