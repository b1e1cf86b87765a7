"""The clauses of the documents and the clause that each step of a feature belongs to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkout_conformance.project import FEATURES
from checkout_conformance.team import ProjectError, team

if TYPE_CHECKING:
    from pytest_bdd.gherkin_parser import GherkinDocument
    from pytest_bdd.parser import Scenario, ScenarioTemplate, Step

CLAUSES = FEATURES / "clauses.toml"
# The languages of the clauses; the features are written in the first one.
LANGUAGES = ("en", "ar", "ru")
OUR_LANGUAGE = LANGUAGES[0]
CLAUSE_ID = re.compile(r"[A-Z]\d+\.\d+")
CLAUSE_COMMENT = re.compile(rf"#\s*({CLAUSE_ID.pattern})\b")


@dataclass(frozen=True)
class Document:
    """A published how-to document; its title by language."""

    id: str
    title: Mapping[str, str]

    @property
    def heading(self) -> str:
        """The heading in the reports."""
        return f"{self.id}: {self.title[OUR_LANGUAGE]}"


@dataclass(frozen=True)
class Procedure:
    """A procedure of a document, from its first step to its last; its title by language."""

    id: str
    document: Document
    title: Mapping[str, str]
    # The sites that a buyer uses in it, if the project says so.
    sites: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The heading in the reports."""
        return f"{self.id}: {self.title[OUR_LANGUAGE]}"


@dataclass(frozen=True)
class Clause:
    """One action of the buyer or answer of the site in a document; its texts by language."""

    id: str
    procedure: Procedure
    position: int
    title: Mapping[str, str]
    text: Mapping[str, str]
    # The site on whose pages the buyer is, if the file says so.
    site: str = ""

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites whose pages may carry its labels; empty if the file names none."""
        return (self.site,) if self.site else self.procedure.sites

    @property
    def heading(self) -> str:
        """The heading in the reports."""
        return f"{self.id} · {self.title[OUR_LANGUAGE]}"


@lru_cache
def read_clauses(path: Path | None = None) -> dict[str, Clause]:
    """Return every clause of a file by its id, in the order of the documents.

    Without ``path``: ours, and then those of the team's project. Raises ValueError if a title or
    text is missing in a language, or if an id stands twice.
    """
    if path is not None:
        return _read(path)
    ours, own = _read(CLAUSES), team()
    if own is None or not (file := own.features / CLAUSES.name).is_file():
        return ours
    theirs = _read(file, own.table.languages, ours)
    if twice := [clause for clause in theirs if clause in ours]:
        raise ProjectError(f"{file}: the clause {twice[0]} is one of ours, in {CLAUSES}")
    return {**ours, **theirs}


def _read(
    path: Path, languages: Sequence[str] = LANGUAGES, known: Mapping[str, Clause] | None = None
) -> dict[str, Clause]:
    """Read a file; it may name the documents and procedures of ``known`` clauses."""
    known = known or {}
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    words = _Words(path, languages)
    documents = {one.procedure.document.id: one.procedure.document for one in known.values()}
    procedures = {one.procedure.id: one.procedure for one in known.values()}
    for entry in content.get("document", []):
        documents[entry["id"]] = Document(entry["id"], words.title(entry))
    for entry in content.get("procedure", []):
        document = documents[entry["document"]]
        sites = tuple(entry.get("sites", ()))
        procedures[entry["id"]] = Procedure(entry["id"], document, words.title(entry), sites)
    clauses = [
        Clause(
            entry["id"],
            procedures[entry["procedure"]],
            len(known) + position,
            words.title(entry),
            words.text(entry),
            entry.get("site", ""),
        )
        for position, entry in enumerate(content.get("clause", []))
    ]
    return {clause.id: clause for clause in clauses}


class _Words:
    """The texts of a file in all languages; English stands in for one that it need not have."""

    def __init__(self, path: Path, languages: Sequence[str]) -> None:
        self._where = f"{path.parent.name}/{path.name}"
        self._languages = [OUR_LANGUAGE, *languages]

    def title(self, entry: dict[str, Any]) -> dict[str, str]:
        return self._in_every_language(entry["title"], f"the title of {entry['id']}")

    def text(self, entry: dict[str, Any]) -> dict[str, str]:
        return self._in_every_language(entry, entry["id"])

    def _in_every_language(self, words: dict[str, str], whose: str) -> dict[str, str]:
        missing = [language for language in self._languages if not words.get(language)]
        if missing:
            raise ValueError(f"{self._where}: {whose} is missing in {', '.join(missing)}")
        return {language: words.get(language) or words[OUR_LANGUAGE] for language in LANGUAGES}


def read_procedures(path: Path | None = None) -> dict[str, Procedure]:
    """Return every procedure by its id; features have the id as a tag."""
    return {clause.procedure.id: clause.procedure for clause in read_clauses(path).values()}


@lru_cache
def read_document(feature_file: str) -> GherkinDocument:
    """Return a feature as Gherkin reads it, with all that pytest-bdd leaves out."""
    # Not at the top: commands that only name clauses start without pytest.
    from pytest_bdd.gherkin_parser import get_gherkin_document

    return get_gherkin_document(feature_file)


@lru_cache
def clause_comments(feature_file: str) -> dict[int, str]:
    """Return the clause ids at the start of a feature's comment lines, by line number."""
    found = {line: CLAUSE_COMMENT.match(text) for line, text in _comments(feature_file)}
    return {line: match[1] for line, match in found.items() if match}


def _comments(feature_file: str) -> Iterator[tuple[int, str]]:
    """Yield the comment lines of a feature, each with its number.

    Only its lines are scanned: pytest-bdd has parsed it, which takes far longer.
    """
    from gherkin.token_matcher import TokenMatcher
    from gherkin.token_scanner import TokenScanner

    scanner, matcher = TokenScanner(Path(feature_file).read_text("utf-8")), TokenMatcher()
    is_text = False
    while not (token := scanner.read()).eof():
        if matcher.match_DocStringSeparator(token):
            is_text = not is_text
        elif not is_text and matcher.match_Comment(token):
            yield token.location["line"], token.token_value().strip()


def tagged_clauses(scenario: Scenario | ScenarioTemplate) -> list[str]:
    """Return the clause ids in the scenario's tags, or in its Rule's if it has none."""
    rule_tags = scenario.rule.tags if scenario.rule else set()
    return _clause_ids(scenario.tags) or _clause_ids(rule_tags)


def clause_of(step: Step, scenario: Scenario | ScenarioTemplate) -> str | None:
    """Return the clause of a step: of the nearest comment above it, or else of the tag.

    A step of a Background has none.
    """
    if step.line_number < scenario.line_number:
        return None
    above = range(scenario.line_number, step.line_number)
    comments = clause_comments(scenario.feature.filename)
    nearest = [clause for line, clause in comments.items() if line in above]
    candidates = nearest or tagged_clauses(scenario)
    return candidates[-1] if candidates else None


def clauses_of(scenario: Scenario | ScenarioTemplate) -> list[str]:
    """Return the clauses of the scenario's steps, each once, in order."""
    found = (clause_of(step, scenario) for step in scenario.steps)
    return list(dict.fromkeys(clause for clause in found if clause))


def heading(clause: str) -> str:
    """Return the clause's heading in the reports; an unknown id is its own heading."""
    known = read_clauses().get(clause)
    return known.heading if known else clause


def _clause_ids(tags: Iterable[str]) -> list[str]:
    return sorted(tag for tag in tags if CLAUSE_ID.fullmatch(tag))
