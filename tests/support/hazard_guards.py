"""The guards of the hazard tables. Each gives its findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from checkout_conformance.clauses import clauses_of
from checkout_conformance.guards.files import FeatureFile
from checkout_conformance.hazards import GuideWord, Hazard

Hazards = Mapping[str, Sequence[Hazard]]


def empty_cells(
    clauses: Iterable[str], hazards: Hazards, words: Iterable[GuideWord]
) -> Iterator[str]:
    """A guide word that a clause does not answer."""
    asked = [word.id for word in words]
    for clause in clauses:
        answered = {hazard.guide_word for hazard in hazards.get(clause, ())}
        yield from (f"{clause}: {word}" for word in asked if word not in answered)


def unknown_clauses(clauses: Iterable[str], hazards: Hazards) -> Iterator[str]:
    """A table of a clause that does not exist."""
    known = set(clauses)
    return (clause for clause in hazards if clause not in known)


def cells_without(
    features: Iterable[FeatureFile], hazards: Hazards, words: Iterable[str]
) -> Iterator[str]:
    """A guide word that no scenario of these features answers, at a clause that they are about."""
    titles = titles_by_clause(features)
    asked = list(words)
    for clause, own in titles.items():
        named = {hazard.guide_word: {*hazard.scenarios} for hazard in hazards.get(clause, ())}
        yield from (f"{clause}: {word}" for word in asked if not own & named.get(word, set()))


def titles_by_clause(features: Iterable[FeatureFile]) -> dict[str, set[str]]:
    """The titles of the scenarios about each clause."""
    titles: dict[str, set[str]] = {}
    for file in features:
        for scenario in file.scenarios:
            for clause in clauses_of(scenario):
                titles.setdefault(clause, set()).add(scenario.name)
    return titles


def scenarios_elsewhere(features: Iterable[FeatureFile], hazards: Hazards) -> Iterator[str]:
    """A title that no scenario of the clause, and no walk through it, has."""
    about = titles_by_clause(features)
    for clause, cells in hazards.items():
        for hazard in cells:
            for title in hazard.scenarios:
                if title not in about.get(clause, ()):
                    yield f"{clause}, {hazard.guide_word}: {title}"
