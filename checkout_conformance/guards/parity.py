"""Whether the Arabic features say what the English ones say, line for line.

Only the columns of Examples may stand in another order: a number after a Latin word would be
shown before it in a line that runs from right to left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from checkout_conformance.guards.files import FeatureFile
from checkout_conformance.guards.meaning import Line, Reader, Unclear

ARABIC = "ar/"
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")


def differences(features: Sequence[FeatureFile], reader: Reader) -> Iterator[str]:
    """Where the features below ``ar/`` are not the others step for step, and what to do there."""
    files = {file.name: file for file in features}
    names = sorted({name.removeprefix(ARABIC) for name in files})
    for name in names:
        english, arabic = files.get(name), files.get(ARABIC + name)
        if english is None:
            yield f"{ARABIC}{name}: there is no {name}; write it, or delete the Arabic one"
        elif arabic is None:
            yield f"{ARABIC}{name}: it is missing; write {name} in Arabic, line for line"
        else:
            yield from _untranslated(arabic)
            yield from _Pair(english, arabic, reader).differences()


class _Pair:
    """A feature in English and in Arabic."""

    def __init__(self, english: FeatureFile, arabic: FeatureFile, reader: Reader) -> None:
        self._english, self._arabic = english, arabic
        self._in_english, self._in_arabic = reader.lines(english), reader.lines(arabic)

    def differences(self) -> Iterator[str]:
        """What is missing in Arabic, what is too much, and what means something else."""
        matcher = SequenceMatcher(
            None,
            [line.meaning for line in self._in_arabic],
            [line.meaning for line in self._in_english],
            autojunk=False,
        )
        for kind, *span in matcher.get_opcodes():
            arabic, english = slice(*span[:2]), slice(*span[2:])
            if kind == "replace":
                yield from self._others(arabic, english)
            elif kind == "delete":
                yield from map(self._extra, _outermost(self._in_arabic, arabic))
            elif kind == "insert":
                for line in _outermost(self._in_english, english):
                    yield self._missing(line, arabic.start)

    def _others(self, arabic: slice, english: slice) -> Iterator[str]:
        for ours, theirs in zip_longest(self._in_arabic[arabic], self._in_english[english]):
            if ours is None:
                yield self._missing(theirs, arabic.stop)
            elif theirs is None:
                yield self._extra(ours)
            else:
                yield self._other(ours, theirs)

    def _missing(self, english: Line, start: int) -> str:
        before = self._in_arabic[max(start - 1, 0)]
        return (
            f"{self._arabic.at(before.number)}, in {before.under!r}: "
            f"after this line say in Arabic {self._quoted(english)}"
        )

    def _extra(self, arabic: Line) -> str:
        return (
            f"{self._arabic.at(arabic.number)}, in {arabic.under!r}: {arabic.written!r} is not "
            f"in {self._english.name} at this place; take it out, or say it in English too"
        )

    def _other(self, arabic: Line, english: Line) -> str:
        why = f" ({arabic.meaning})" if isinstance(arabic.meaning, Unclear) else ""
        return (
            f"{self._arabic.at(arabic.number)}, in {arabic.under!r}: "
            f"instead of {arabic.written!r}{why} say in Arabic {self._quoted(english)}"
        )

    def _quoted(self, english: Line) -> str:
        return f"what {self._english.at(english.number)} says: {english.written!r}"


def _untranslated(file: FeatureFile) -> Iterator[str]:
    texts = {one.line_number: one.name for one in file.scenarios}
    texts |= {step.line_number: step.name for one in file.scenarios for step in one.steps}
    for number, text in sorted(texts.items()):
        if not ARABIC_LETTER.search(text):
            yield f"{file.at(number)}: {text!r} is not in Arabic; translate it"


def _outermost(lines: list[Line], span: slice) -> list[Line]:
    """The lines of a span without those whose heading is there: a scenario stands for its steps."""
    found = lines[_from_heading(lines, span)]
    headings = {line.under for line in found if line.is_heading}
    return [line for line in found if line.is_heading or line.under not in headings]


def _from_heading(lines: list[Line], span: slice) -> slice:
    """The span moved up to a heading if it means the same there.

    Of ``A x A y`` with ``A x`` missing it may as well be ``x A`` that is.
    """
    if not lines[span.start].is_heading:
        for start, end in zip(range(span.start)[::-1], range(span.stop)[::-1], strict=False):
            if lines[start].meaning != lines[end].meaning:
                break
            if lines[start].is_heading:
                return slice(start, end)
    return span
