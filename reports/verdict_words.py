"""The verdict in a sentence: for the page, the terminal, and a CI's summary."""

from __future__ import annotations

from babel.support import NullTranslations

from reports.conformance import Clause, Conformance, Verdict
from reports.languages import words_in


def verdict_line(document: Conformance, words: NullTranslations | None = None) -> str:
    """``Conforms: 31 of 31 clauses passed.``, or what is missing, the worst first."""
    words = words or words_in("en")
    _ = words.gettext
    opening = _("Conforms") if document.conforms else _("Does not conform")
    total = len(document.clauses)
    counts = {verdict: document.count(verdict) for verdict in Verdict}
    parts = [
        _("%(count)s failed") % {"count": counts[Verdict.FAILED]},
        _("%(count)s not run") % {"count": counts[Verdict.NOT_RUN]},
        _("%(count)s not offered") % {"count": counts[Verdict.NOT_OFFERED]},
    ]
    order = (Verdict.FAILED, Verdict.NOT_RUN, Verdict.NOT_OFFERED)
    told = [part for part, verdict in zip(parts, order, strict=True) if counts[verdict]]
    passed = _("%(count)s of %(total)s clauses passed") % {
        "count": counts[Verdict.PASSED],
        "total": total,
    }
    return f"{opening}: {_(', ').join([passed, *told])}."


def counted(clause: Clause, words: NullTranslations | None = None) -> str:
    """``7 scenarios: 6 passed, 1 not run``."""
    words = words or words_in("en")
    _ = words.gettext
    counts = {v: sum(check.verdict is v for check in clause.checks) for v in Verdict}
    total = len(clause.checks)
    scenarios = words.ngettext("%(count)s scenario", "%(count)s scenarios", total)
    told = [f"{count} {_(verdict.value)}" for verdict, count in counts.items() if count]
    return f"{scenarios % {'count': total}}: {_(', ').join(told)}"
