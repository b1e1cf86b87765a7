"""The values in a step's line, in the language of a report.

Names and numbers stay as the run showed them. A label is what the pages of that language print,
and a word such as ``minutes`` is what the table of sentences says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from babel import Locale

from checkout_conformance.sentences import ENGLISH
from checkout_conformance.targets.glossary import LOCALES, Glossary

# The form of a word after a number, by Babel's plural category; the last form if it is not here.
PLURALS = {"ru": {"one": 0, "few": 1, "many": 2}, "ar": {"few": 1, "many": 0, "other": 0, "one": 0}}
AND = {"ru": " и ", "ar": " و"}

Words = Mapping[str, Mapping[str, Sequence[str]]]


class ValueWords:
    """The words of values in one language, by the kind of the value."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._words: dict[str, dict[str, Sequence[str]]] = {}
        self._choices: dict[str, re.Pattern[str]] = {}
        self._glossary = Glossary(language if language in LOCALES else ENGLISH)
        self._labels = self._glossary.names()
        self._plural = Locale.parse(language).plural_form

    def add(self, words: Words) -> None:
        """Know these words too: for each kind, the forms of an English word."""
        for kind, entries in words.items():
            self._words.setdefault(kind, {}).update(entries)
        self._choices.clear()

    def value(self, kind: str | None, text: str, form: str | None = None) -> str:
        """A value of a kind; ``form`` is the number of the form that its sentence asks for."""
        if kind == "Label":
            return self._glossary.label(text) if text in self._labels else text
        if kind not in self._words:
            return text
        return self._choice(kind).sub(lambda found: self._said(kind, found, form), text)

    def whole(self, text: str) -> str | None:
        """A text that is a label, or a word of a value, and nothing else; None if it is not."""
        if text in self._labels:
            return self._glossary.label(text)
        kinds = (kind for kind in self._words if self._choice(kind).fullmatch(text))
        return next((self.value(kind, text) for kind in kinds), None)

    def _said(self, kind: str, found: re.Match[str], form: str | None) -> str:
        if found["name"] is not None:
            return f"«{found['name']}»"
        if found["and"]:
            return AND.get(self._language, found["and"])
        forms = self._words[kind][found["word"]]
        number = found["number"]
        at = int(form) - 1 if form else self._place(number) if number else 0
        word = forms[min(at, len(forms) - 1)]
        return f"{number} {word}" if number else word

    def _place(self, number: str) -> int:
        return PLURALS.get(self._language, {}).get(self._plural(int(number)), 0)

    def _choice(self, kind: str) -> re.Pattern[str]:
        if kind not in self._choices:
            # The longer first: "is lost every time" begins with "is lost".
            words = "|".join(map(re.escape, sorted(self._words[kind], key=len, reverse=True)))
            self._choices[kind] = re.compile(
                r'"(?P<name>[^"]*)"|(?P<and>(?<=") and (?=[\d"]))'
                rf"|(?:(?P<number>\b\d+) )?\b(?P<word>{words})(?!\w)"
            )
        return self._choices[kind]
