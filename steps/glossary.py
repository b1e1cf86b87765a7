"""The oracle for labels: what a control that a feature names in English says on the page."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

GLOSSARY = Path(__file__).parents[1] / "features" / "glossary.toml"
LOCALES = ("en", "ar", "ru")


class UnknownLabel(LookupError):
    """A step asks for a label that the glossary does not have."""


class Glossary:
    """The documented labels in one language."""

    def __init__(self, locale: str, path: Path = GLOSSARY) -> None:
        if locale not in LOCALES:
            raise ValueError(f"the glossary has no locale {locale!r}, only {', '.join(LOCALES)}")
        self.locale = locale
        self._entries = _read(path)

    def label(self, name: str) -> str:
        """The words that a page in this language shows for the label ``name``."""
        if name not in self._entries:
            raise UnknownLabel(self._advice(name))
        return self._entries[name][self.locale]

    def names(self) -> frozenset[str]:
        """Every label that there is, by its English name."""
        return frozenset(self._entries)

    def _advice(self, name: str) -> str:
        near = get_close_matches(name, self._entries, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "add it there."
        return f"features/glossary.toml has no label {name!r}: {hint}"


@lru_cache
def _read(path: Path) -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, entry in entries.items():
        missing = [locale for locale in LOCALES if not entry.get(locale)]
        if missing:
            raise ValueError(f"{path.name}: the label {name!r} lacks {', '.join(missing)}")
    return entries
