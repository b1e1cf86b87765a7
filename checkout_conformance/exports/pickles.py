"""The scenarios of feature files as Gherkin compiles them, and which of them a result is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from gherkin.ast_builder import AstBuilder
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from checkout_conformance.evidence.allure_labels import title
from checkout_conformance.exports.error import ExportError
from checkout_conformance.redaction.secret_words import MASK
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.team import path_of

ANOTHER_VERSION = "Use the version of the features that was run."


class FeatureFile:
    """A feature file: its text, its Gherkin document, and its pickles, as dictionaries.

    All three are without secrets: a team's feature may have a card number.
    """

    def __init__(self, feature: str, uri: str, ids: IdGenerator) -> None:
        try:
            text = path_of(feature).read_text(encoding="utf-8")
        except OSError as error:
            raise ExportError(f"{error.filename}: {error.strerror}. {ANOTHER_VERSION}") from None
        self.feature = feature
        document: dict[str, Any] = {**Parser(AstBuilder(ids)).parse(text), "uri": uri}
        compiler: Any = Compiler(ids)
        pickles: list[dict[str, Any]] = compiler.compile(document)
        rows = dict(_rows(document))
        self._titles = [tuple(_titles(one, rows)) for one in pickles]
        self.text, self.document, self.pickles = map(_redacted, (text, document, pickles))

    def pickle(self, scenario: str) -> Any:
        """Return the pickle of a scenario, by its name in reports. Raises ExportError."""
        pattern = _pattern(scenario)
        # By the likeliest spelling first: the values of two rows may be each other's in turn.
        for spelling in zip(*self._titles, strict=True):
            for pickle, spelled in zip(self.pickles, spelling, strict=True):
                if pattern.fullmatch(spelled):
                    return pickle
        raise ExportError(f"{self.feature} has no scenario {scenario!r}. {ANOTHER_VERSION}")


def is_about(step: str, pickle_step: dict[str, Any]) -> bool:
    """Whether a step of a report, which begins with its keyword, is that step of a pickle."""
    _, _, without_keyword = step.partition(" ")
    return any(_pattern(one).fullmatch(pickle_step["text"]) for one in (step, without_keyword))


def _redacted(value: Any) -> Any:
    """Return the value with every text in it redacted."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {name: _redacted(one) for name, one in value.items()}
    return [_redacted(one) for one in value] if isinstance(value, list) else value


def _pattern(text: str) -> re.Pattern[str]:
    """The text, in which a masked secret stands for anything."""
    return re.compile(".+".join(map(re.escape, text.split(MASK))), re.DOTALL)


def _titles(pickle: dict[str, Any], rows: dict[str, dict[str, str]]) -> Iterator[str]:
    """Yield the names that reports may have for it: values of a row in either order."""
    row = next((rows[node] for node in pickle["astNodeIds"] if node in rows), {})
    for example in (row, dict(sorted(row.items()))):
        yield title(pickle["name"], example)
        yield redact(title(pickle["name"], example))


def _rows(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of Examples with the id of its node."""
    for scenario in _scenarios(document.get("feature", {}).get("children", [])):
        for examples in scenario["examples"]:
            if "tableHeader" not in examples:
                continue
            columns = [cell["value"] for cell in examples["tableHeader"]["cells"]]
            for row in examples["tableBody"]:
                values = [cell["value"] for cell in row["cells"]]
                yield row["id"], dict(zip(columns, values, strict=True))


def _scenarios(children: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for child in children:
        if "scenario" in child:
            yield child["scenario"]
        elif "rule" in child:
            yield from _scenarios(child["rule"]["children"])
