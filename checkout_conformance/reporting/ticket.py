"""A clause in Markdown, for a ticket: what is demanded, what happened, and how to see it again."""

from __future__ import annotations

from collections.abc import Iterator

from babel.support import NullTranslations

from checkout_conformance.clauses import OUR_LANGUAGE, Clause
from checkout_conformance.reporting.conformance import Check, ClauseResult, Conformance
from checkout_conformance.reporting.feature_words import FeatureWords, feature_words
from checkout_conformance.reporting.languages import words_in
from checkout_conformance.reporting.verdict_words import failure_words


def ticket_of(
    document: Conformance, clause: ClauseResult, known: Clause, language: str = OUR_LANGUAGE
) -> str:
    """Return the clause, and each of its failures with its steps."""
    words, said = words_in(language), feature_words(language)
    lines = [
        f"## {clause.id} · {known.title[language]}: {words.gettext(clause.verdict.value)}",
        "",
        f"> {_plain(known.text[language])}",
    ]
    for check in clause.checks:
        if check.failure:
            lines += ["", *_failure(document, check, words, said)]
    return "\n".join(lines)


def _failure(
    document: Conformance, check: Check, words: NullTranslations, said: FeatureWords
) -> Iterator[str]:
    assert check.failure is not None
    _ = words.gettext
    yield f"- {_('Scenario')}: {_plain(said.title(check.scenario))} ({_plain(check.feature)})"
    if check.run is not None:
        run = document.runs[check.run]
        where = (run.target, run.locale, run.device, run.browser)
        yield f"- {_('Run')}: {' · '.join(map(_plain, where))}"
    yield f"- {_('What happened')}: {failure_words(check.failure, words)}"
    if check.failure.expected:
        yield f"- {_('Expected')}: {_plain(said.expected(check))}"
    yield f"- {_('Actual')}: {_plain(said.actual(check))}"
    for number, (step, line) in enumerate(said.steps(check.steps), 1):
        mark = "" if step.status == "passed" else f" **({_(step.status)})**"
        yield f"  {number}. {_plain(line)}{mark}"


def _plain(text: str) -> str:
    """The text in one line, with nothing that a tracker takes for a tag or a picture."""
    one_line = " ".join(text.split())
    return one_line.replace("&", "&amp;").replace("<", "&lt;").replace("![", "!\\[")
