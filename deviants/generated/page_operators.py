"""The operators on pages: what may be wrong in one piece of a template.

Each takes the source of a template and yields faulty pieces: where a piece begins and ends, what
stands there instead, and what is wrong, in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from deviants.generated.rule_operators import NEIGHBOURS


class Piece(NamedTuple):
    """A piece of a template, what stands there instead, and what is wrong with it."""

    start: int
    end: int
    instead: str
    told: str


Operator = Callable[[str], Iterator[Piece]]
LOOP = re.compile(r"{% for (?P<name>\w+) in (?P<all>[^%]+?)(?P<when> if [^%]+)? %}")
TEXT = re.compile(r"""(?<![\w.])_\((?P<quote>["'])(?P<words>.+?)(?P=quote)""")
TAG = re.compile(r"<(?P<tag>button|a|section|table|ul|dl|fieldset|aside|nav)\b")
NAMED = re.compile(r"<(?P<tag>button|a|h2|dt|legend)\b[^\n]*?>[^\n]*?</(?P=tag)>")
IF = re.compile(r"{% if (?P<test>[^%]+?) %}")
MONEY = re.compile(r"(?P<money>[\w.]+) \| money")
QUANTITY = re.compile(r"(?<=\{\{ )\w+\.quantity(?= )")
SHOWN = re.compile(
    r"(?<=\{\{ )(?P<value>\w+(?:\.\w+)+)(?P<filter>(?: \| \w+)?)(?= \}\})(?! \}\}\")"
)
TARGET = re.compile(r"""url_for\((?P<quote>["'])(?P<endpoint>[\w.]+)(?P=quote)""")
STATE = re.compile(
    r" (?P<state>disabled|checked|required=true|data-waits-for=\"code\"|open)(?=[ >{,])"
)
ADDRESSED = re.compile(r"""(?:href|action|value)="(?P<value>[^"]*?)\"""")
BLANKS = re.compile(r"\s+")


def hidden(source: str) -> Iterator[Piece]:
    """An element that nobody sees."""
    for found in TAG.finditer(source):
        line = line_at(source, found.start())
        yield Piece(found.end(), found.end(), " hidden", f"hides {told_of(line, found['tag'])}")


def missing_condition(source: str) -> Iterator[Piece]:
    """A part of the page that always shows, or never."""
    for found in IF.finditer(source):
        start, end = found.span("test")
        yield Piece(start, end, "true", f"as if always {found['test']}")
        yield Piece(start, end, "false", f"as if never {found['test']}")


def neighbours_label(source: str) -> Iterator[Piece]:
    """A label that belongs to the neighbour."""
    labels = _labels(source)
    for number, (start, end, words) in enumerate(labels):
        others = [other for _, _, other in [*labels[number + 1 :], *labels[:number]]]
        other = next((one for one in others if one != words and "%(" not in one), None)
        if other is not None and "%(" not in words:
            yield Piece(start, end, other, f"says {other} instead of {words}")


def other_language(source: str) -> Iterator[Piece]:
    """A text in another language than the page."""
    for start, _, words in _labels(source):
        function = source.rindex("_(", 0, start)
        told = f"says {words} in another language"
        yield Piece(function, function + 1, "in_other_language", told)


def _labels(source: str) -> list[tuple[int, int, str]]:
    """The texts of buttons, links, headings and names of values: where each is, and its words."""
    found = []
    for element in NAMED.finditer(source):
        text = TEXT.search(source, element.start(), element.end())
        if text:
            found.append((*text.span("words"), text["words"]))
    return found


def cut_loop(source: str) -> Iterator[Piece]:
    """A list that shows only its beginning, or runs the other way."""
    for found in LOOP.finditer(source):
        rows, when = found["all"], found["when"] or ""
        if rows.startswith("["):
            continue
        start, end = found.start("all"), found.end("all")
        for part, words in (
            ("[:1]", "only the first of"),
            ("[:2]", "only the first two of"),
            ("[-1:]", "only the last of"),
            ("[::-1]", "in the reverse order:"),
        ):
            yield Piece(start, end, f"(({rows}) | list){part}", f"shows {words} {rows}{when}")


def other_one(source: str) -> Iterator[Piece]:
    """The first or the last of a list instead of the chosen one."""
    for loop in LOOP.finditer(source):
        end = _end_of_loop(source, loop.end())
        name, rows = loop["name"], loop["all"]
        for place in ADDRESSED.finditer(source, loop.end(), end):
            for found in re.finditer(rf"\b{name}(?=\.)", place["value"]):
                start = place.start("value") + found.start()
                for index, words in (("0", "first"), ("-1", "last")):
                    yield Piece(
                        start,
                        start + len(name),
                        f"(({rows}) | list)[{index}]",
                        f"sends the {words} of {rows} instead of the chosen: {place['value']}",
                    )


def _end_of_loop(source: str, start: int) -> int:
    depth = 1
    for found in re.finditer(r"{% (end)?for\b", source[start:]):
        depth += -1 if found[1] else 1
        if depth == 0:
            return start + found.start()
    return len(source)


def unit_swapped(source: str) -> Iterator[Piece]:
    """An amount in another currency or unit."""
    for found in MONEY.finditer(source):
        start, end = found.span("money")
        money = found["money"]
        yield Piece(start, end, f"{money} | in_other_currency", f"{money} in another currency")
        yield Piece(start, end, f"{money} | hundredfold", f"{money} a hundredfold")


def quantity_ignored(source: str) -> Iterator[Piece]:
    """One piece, whatever the quantity is."""
    for found in QUANTITY.finditer(source):
        yield Piece(*found.span(), "1", f"shows 1 instead of {found[0]}")


def first_remembered(source: str) -> Iterator[Piece]:
    """The value that the browser was shown first, not the one that holds now."""
    for found in SHOWN.finditer(source):
        value = found["value"]
        if value.startswith(("form", "field", "url", "wording", "card_form")):
            continue
        start, end = found.span("value")
        yield Piece(
            start,
            end,
            f'{value} | first_seen("{value}")',
            f"shows the {value} that the browser was shown first",
        )


def value_missing(source: str) -> Iterator[Piece]:
    """A value that is not shown."""
    for found in SHOWN.finditer(source):
        value = found["value"]
        if not value.startswith(("form", "field", "url", "wording", "card_form")):
            start = found.start("value")
            yield Piece(start, found.end(), '""', f"does not show {value}")


def state_removed(source: str) -> Iterator[Piece]:
    """A control that is not disabled, not ticked, not required, not open."""
    for found in STATE.finditer(source):
        line = line_at(source, found.start())
        state = found["state"].partition("=")[0]
        instead = " required=false" if state == "required" else ""
        yield Piece(found.start(), found.end(), instead, f"without {state}: {told_of(line, state)}")


def neighbour_opened(source: str) -> Iterator[Piece]:
    """A link or form that leads to the neighbouring page."""
    for found in TARGET.finditer(source):
        endpoint = found["endpoint"]
        if endpoint in NEIGHBOURS:
            other = NEIGHBOURS[endpoint]
            yield Piece(*found.span("endpoint"), other, f"leads to {other} instead of {endpoint}")


def line_at(source: str, position: int) -> str:
    """The line of a source at a position."""
    start = source.rfind("\n", 0, position) + 1
    end = source.find("\n", position)
    return source[start : end if end > 0 else len(source)]


def told_of(line: str, tag: str) -> str:
    """An element in words: its tag, and the words or the value in its line."""
    said = TEXT.search(line)
    shown = said["words"] if said else BLANKS.sub(" ", re.sub("<[^>]*>|[{}%]", " ", line)).strip()
    return f"{tag} {shown}".strip()


# By the name that the operator has in the names of deviants.
OPERATORS: dict[str, Operator] = {
    "hidden": hidden,
    "condition-missing": missing_condition,
    "neighbours-label": neighbours_label,
    "other-language": other_language,
    "cut-list": cut_loop,
    "other-row": other_one,
    "unit-swapped": unit_swapped,
    "quantity-ignored": quantity_ignored,
    "first-remembered": first_remembered,
    "value-missing": value_missing,
    "state-removed": state_removed,
    "neighbour-opened": neighbour_opened,
}
