"""The verdict in a sentence: for the page, the terminal, and a CI's summary."""

from __future__ import annotations

from babel.support import NullTranslations

from checkout_conformance.reporting.conformance import (
    ClauseResult,
    Conformance,
    Failure,
    NotTried,
    Tally,
    Verdict,
)
from checkout_conformance.reporting.known_deviation import KnownDeviation, KnownState
from checkout_conformance.reporting.languages import words_in


def verdict_line(document: Conformance, words: NullTranslations | None = None) -> str:
    """``Conforms: 31 of 31 clauses passed.``, and what keeps it from conforming.

    The worst is named first.
    """
    words = words or words_in("en")
    _ = words.gettext
    if document.selection:
        return _selection_line(document, words)
    of_clauses = counted_clauses(document.passed, document.total, words)
    parts = [of_clauses, *_others(document.tally, words, document.at_least, document.certifies)]
    return f"{_opening(document, words)}: {_('; ').join(parts)}."


def line_without_browser(document: Conformance, words: NullTranslations | None = None) -> str:
    """``Without a browser: 30 of 31 clauses passed; 1 not tried by this driver.``

    Empty if there is nothing to say beside the verdict.
    """
    words = words or words_in("en")
    _ = words.gettext
    tally = document.without_browser
    if tally is None or not document.certifies:
        return ""
    parts = [
        counted_clauses(tally.passed, tally.total, words),
        *_others(tally, words, None, is_confirmed=False),
    ]
    return f"{_('Without a browser')}: {_('; ').join(parts)}."


def _opening(document: Conformance, words: NullTranslations) -> str:
    _ = words.gettext
    if not document.certifies:
        return _("Not certified (run without a browser)")
    if document.is_open:
        return _("No verdict")
    if document.conforms:
        return _("Conforms")
    if _misses_threshold(document):
        return _("Does not conform to the threshold")
    return _("Does not conform")


def counted_clauses(passed: int, total: int, words: NullTranslations) -> str:
    """``6 of 7 clauses passed``."""
    # One English wording for both, and as many in other languages as the number passed needs.
    return words.ngettext(
        "%(passed)s of %(total)s clauses passed",
        "%(passed)s of %(total)s clauses passed",
        passed,
    ) % {"passed": passed, "total": total}


def _others(
    tally: Tally, words: NullTranslations, at_least: int | None, is_confirmed: bool
) -> list[str]:
    """How many clauses did not pass, and what else keeps it from conforming."""
    _ = words.gettext
    failed = _("%(count)s failed")
    if not is_confirmed:
        failed = _("%(count)s failed (to be confirmed in a browser)")
    told = [
        (failed, tally.failed),
        (_("%(count)s could not be tried"), tally.could_not_be_tried),
        (_("%(count)s not run"), tally.not_run),
        (_("%(count)s not tried by this driver"), tally.not_tried),
        (_("%(count)s not offered"), tally.not_offered),
        (_("scenarios outside the clauses that failed: %(count)s"), tally.failed_others),
        (_("at least %(count)s must pass"), at_least or 0),
    ]
    return [text % {"count": count} for text, count in told if count]


def _selection_line(document: Conformance, words: NullTranslations) -> str:
    """``Selection: 5 of 6 clauses passed, 1 failed. No verdict on the whole.``"""
    _ = words.gettext
    of_clauses = words.ngettext(
        "%(passed)s of %(total)s clause passed",
        "%(passed)s of %(total)s clauses passed",
        document.total,
    ) % {"passed": document.passed, "total": document.total}
    parts = [of_clauses, *_others(document.tally, words, document.at_least, document.certifies)]
    opening = _("Selection") if document.certifies else _("Selection, run without a browser")
    return f"{opening}: {_(', ').join(parts)}. {_('No verdict on the whole.')}"


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
        Verdict.COULD_NOT_BE_TRIED: _("%(count)s could not be tried"),
        Verdict.NOT_RUN: _("%(count)s not run"),
        Verdict.NOT_TRIED: _("%(count)s not tried by this driver"),
        Verdict.NOT_OFFERED: _("%(count)s not offered"),
    }
    counts_shown = [texts[verdict] % {"count": count} for verdict, count in counts.items() if count]
    return f"{scenarios % {'count': total}}: {_(', ').join(counts_shown)}"


def failure_words(failure: Failure, words: NullTranslations | None = None) -> str:
    """``the site deviates from the document, to be confirmed in a browser``."""
    words = words or words_in("en")
    kind = words.gettext(failure.kind.value)
    if not failure.unconfirmed:
        return kind
    return words.gettext("%(failure)s, to be confirmed in a browser") % {"failure": kind}


def known_words(one: KnownDeviation) -> str:
    """``known deviation of W2.4 happened: the list is cut (SHOP-12, until 2027-03-31)``."""
    about = ", ".join([*([one.ticket] if one.ticket else []), f"until {one.until}"])
    advice = {
        KnownState.DID_NOT_HAPPEN: ". Take it out of the target file",
        KnownState.PAST: ". Have the site mended, or agree on another date",
    }
    where = f"{one.clause}, {one.scenario}," if one.scenario else one.clause
    return (
        f"known deviation of {where} {one.state}: {one.reason} ({about}){advice.get(one.state, '')}"
    )


def need_words(one: NotTried, words: NullTranslations | None = None) -> str:
    """``script, focus (the buyer presses twice)``."""
    words = words or words_in("en")
    needs = words.gettext(", ").join(map(words.gettext, one.needs))
    return f"{needs} ({one.step})" if one.step else needs
