"""JUnit XML: a suite per procedure, a class per clause, a case per scenario."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checkout_conformance.exports.cases import Case, Status, cases_of
from checkout_conformance.reporting.conformance import Conformance, FailureKind

# XML has no way to write these.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def junit_of(document: Conformance) -> str:
    """Return the document in JUnit's format."""
    cases = list(cases_of(document))
    top = Element("testsuites", name=f"Checkout conformance: {_plain(document.target)}")
    _count(top, cases)
    for procedure, some in groupby(cases, lambda case: case.procedure):
        of_procedure = list(some)
        suite = SubElement(top, "testsuite", name=procedure)
        if document.began:
            suite.set("timestamp", document.began.isoformat(timespec="seconds"))
        _count(suite, of_procedure)
        for case in of_procedure:
            _add(suite, case)
    indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(top, encoding="unicode") + "\n"


def _count(element: Element, cases: Sequence[Case]) -> None:
    broken = [case for case in cases if _is_error(case)]
    failed = [case for case in cases if case.status is Status.FAILED and case not in broken]
    skipped = [case for case in cases if case.status in (Status.SKIPPED, Status.NOT_RUN)]
    element.set("tests", str(len(cases)))
    element.set("failures", str(len(failed)))
    element.set("errors", str(len(broken)))
    element.set("skipped", str(len(skipped)))
    element.set("time", f"{sum(case.check.seconds for case in cases):.3f}")


def _add(suite: Element, case: Case) -> None:
    element = SubElement(
        suite,
        "testcase",
        classname=case.clause,
        name=_plain(case.title),
        file=case.file,
        time=f"{case.check.seconds:.3f}",
    )
    if case.status is Status.FAILED:
        kind = "error" if _is_error(case) else "failure"
        told = SubElement(element, kind, message=_plain(case.message))
        told.text = _plain("\n".join(f"{step.status}: {step.text}" for step in case.check.steps))
    elif case.status is not Status.PASSED:
        SubElement(element, "skipped", message=_plain(case.message))


def _is_error(case: Case) -> bool:
    """Whether it failed for a reason that is not the site's deviation."""
    failure = case.check.failure
    return failure is not None and failure.kind is not FailureKind.DEVIATES


def _plain(text: str) -> str:
    return CONTROL.sub("�", text)
