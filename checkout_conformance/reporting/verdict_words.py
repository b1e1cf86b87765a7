"""The verdict in a sentence: for the page, the terminal, and a CI's summary."""

from __future__ import annotations

from babel.support import NullTranslations

from checkout_conformance.reporting.conformance import ClauseResult, Conformance, Verdict
from checkout_conformance.reporting.languages import words_in


def verdict_line(document: Conformance, words: NullTranslations | None = None) -> str:
    """``Conforms: 31 of 31 clauses passed.``, and what keeps it from conforming.

    The worst is named first.
    """
    words = words or words_in("en")
    _ = words.gettext
    if document.selection:
        return _selection_line(document, words)
    opening = _("Conforms") if document.conforms else _("Does not conform")
    if _misses_threshold(document):
        opening = _("Does not conform to the threshold")
    counts = {verdict: document.count(verdict) for verdict in Verdict}
    counts_shown = [
        (_("%(count)s failed"), counts[Verdict.FAILED]),
        (_("%(count)s not run"), counts[Verdict.NOT_RUN]),
        (_("%(count)s not offered"), counts[Verdict.NOT_OFFERED]),
        (_("scenarios outside the clauses that failed: %(count)s"), len(document.failed_others)),
        (_("at least %(count)s must pass"), document.at_least or 0),
    ]
    # One English wording for both, and as many in other languages as the number passed needs.
    of_clauses = words.ngettext(
        "%(passed)s of %(total)s clauses passed",
        "%(passed)s of %(total)s clauses passed",
        document.passed,
    ) % {"passed": document.passed, "total": document.total}
    parts = [of_clauses, *(text % {"count": count} for text, count in counts_shown if count)]
    return f"{opening}: {_('; ').join(parts)}."


def _selection_line(document: Conformance, words: NullTranslations) -> str:
    """``Selection: 5 of 6 clauses passed, 1 failed. No verdict on the whole.``"""
    _ = words.gettext
    of_clauses = words.ngettext(
        "%(passed)s of %(total)s clause passed",
        "%(passed)s of %(total)s clauses passed",
        document.total,
    ) % {"passed": document.passed, "total": document.total}
    told = [
        (_("%(count)s failed"), document.count(Verdict.FAILED)),
        (_("%(count)s not run"), document.count(Verdict.NOT_RUN)),
        (_("%(count)s not offered"), document.count(Verdict.NOT_OFFERED)),
        (_("scenarios outside the clauses that failed: %(count)s"), len(document.failed_others)),
        (_("at least %(count)s must pass"), document.at_least or 0),
    ]
    parts = [of_clauses, *(text % {"count": count} for text, count in told if count)]
    return f"{_('Selection')}: {_(', ').join(parts)}. {_('No verdict on the whole.')}"


def _misses_threshold(document: Conformance) -> bool:
    """Whether nothing but the threshold keeps it from conforming."""
    fine = document.passed + document.count(Verdict.NOT_OFFERED) == document.total
    asked = document.at_least or 0
    return fine and not document.failed_others and asked > 0 and document.passed < asked


def counted(clause: ClauseResult, words: NullTranslations | None = None) -> str:
    """``7 scenarios: 6 passed, 1 not run``."""
    words = words or words_in("en")
    _ = words.gettext
    counts = {v: sum(check.verdict is v for check in clause.checks) for v in Verdict}
    total = len(clause.checks)
    scenarios = words.ngettext("%(count)s scenario", "%(count)s scenarios", total)
    texts = {
        Verdict.PASSED: _("%(count)s passed"),
        Verdict.FAILED: _("%(count)s failed"),
        Verdict.NOT_RUN: _("%(count)s not run"),
        Verdict.NOT_OFFERED: _("%(count)s not offered"),
    }
    counts_shown = [texts[verdict] % {"count": count} for verdict, count in counts.items() if count]
    return f"{scenarios % {'count': total}}: {_(', ').join(counts_shown)}"
