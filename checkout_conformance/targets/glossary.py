"""The documented labels: what a control with an English name says on the page."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from checkout_conformance.project import FEATURES
from checkout_conformance.team import team

GLOSSARY = FEATURES / "glossary.toml"
LOCALES = ("en", "ar", "ru")


class UnknownLabel(LookupError):
    """A step asks for a label that the glossary does not have."""


class AmbiguousLabel(LookupError):
    """A step quotes words that are the label of more than one control."""


class Glossary:
    """The documented labels in one language."""

    def __init__(self, locale: str, path: Path | None = None) -> None:
        """Read a glossary; without ``path`` ours, and that of the team's project."""
        if locale not in LOCALES:
            raise ValueError(f"the glossary has no locale {locale!r}, only {', '.join(LOCALES)}")
        self.locale = locale
        self._entries = _read(path) if path else _read_all()

    def label(self, name: str) -> str:
        """Return the text of the label ``name`` in this language."""
        if name not in self._entries:
            raise UnknownLabel(self._advice(name))
        return self._entries[name][self.locale]

    def name_of(self, words: str) -> str:
        """Return the English name of the label with this text.

        Raises UnknownLabel, and AmbiguousLabel if more than one label says that.
        """
        names = [name for name, entry in self._entries.items() if entry[self.locale] == words]
        if not names:
            raise UnknownLabel(self._advice_on_words(words))
        if len(names) > 1:
            raise AmbiguousLabel(
                f"features/glossary.toml has the words «{words}» ({self.locale}) for "
                f"{' and '.join(map(repr, names))}: a feature cannot quote them while they mean "
                "both; let the label that no document prints say something else."
            )
        return names[0]

    def names(self) -> frozenset[str]:
        """Return the English names of all labels."""
        return frozenset(self._entries)

    def _advice(self, name: str) -> str:
        near = get_close_matches(name, self._entries, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "add it there."
        return f"features/glossary.toml has no label {name!r}: {hint}"

    def _advice_on_words(self, words: str) -> str:
        known = [entry[self.locale] for entry in self._entries.values()]
        near = get_close_matches(words, known, n=3, cutoff=0.5)
        hint = f"did you mean «{'» or «'.join(near)}»?" if near else "add the label there."
        return f"features/glossary.toml has no label that says «{words}» ({self.locale}): {hint}"


@lru_cache
def _read_all() -> dict[str, dict[str, str]]:
    return {**_read(GLOSSARY), **own_labels()}


@lru_cache
def own_labels() -> dict[str, dict[str, str]]:
    """Return the labels of the team's project, by their names. Raises ValueError."""
    own = team()
    if own is None or not (file := own.features / GLOSSARY.name).is_file():
        return {}
    return _read(file, tuple(own.table.languages))


@lru_cache
def _read(path: Path, languages: tuple[str, ...] = LOCALES) -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, entry in entries.items():
        missing = [locale for locale in ("en", *languages) if not entry.get(locale)]
        if missing:
            raise ValueError(f"{path.name}: the label {name!r} lacks {', '.join(missing)}")
    # English stands in for a language that the file need not have.
    return {
        name: {**dict.fromkeys(LOCALES, entry["en"]), **entry} for name, entry in entries.items()
    }
