"""The in-toto Statement about a run: a test result, as https://in-toto.io has it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from checkout_conformance.reporting.basis import Basis
from checkout_conformance.reporting.conformance import Check, Conformance, Verdict

MANIFEST = "manifest.json"


class Result(StrEnum):
    """The result of a run, in in-toto's words: WARNED if the run cannot tell."""

    PASSED = "PASSED"
    WARNED = "WARNED"
    FAILED = "FAILED"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Digest(_Model):
    """What a file must have."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Described(_Model):
    """A file by its name and its digest."""

    name: str
    digest: Digest


class Predicate(_Model):
    """The test result: clauses stand as tests."""

    result: Result
    configuration: list[Described]
    passedTests: list[str] = []
    warnedTests: list[str] = []
    failedTests: list[str] = []


class Statement(_Model):
    """The statement: the subject is the manifest, which has the digest of every file."""

    type_: Literal["https://in-toto.io/Statement/v1"] = Field(
        "https://in-toto.io/Statement/v1", alias="_type"
    )
    subject: list[Described] = Field(min_length=1, max_length=1)
    predicateType: Literal["https://in-toto.io/attestation/test-result/v0.1"] = (
        "https://in-toto.io/attestation/test-result/v0.1"
    )
    predicate: Predicate


def statement_about(document: Conformance, basis: Basis, manifest: str) -> Statement:
    """Return the statement about a run; ``manifest`` is the SHA-256 of its manifest."""
    return Statement(
        subject=[_described(MANIFEST, manifest)],
        predicate=predicate_of(document, basis),
    )


def predicate_of(document: Conformance, basis: Basis) -> Predicate:
    """Return the test result of a run, with what it was judged by."""
    passed, failed = _ids(document, {Verdict.PASSED}), _ids(document, {Verdict.FAILED})
    others = sorted({_title(check) for check in document.failed_others})
    warned = _ids(document, set(Verdict) - {Verdict.PASSED, Verdict.FAILED})
    return Predicate(
        result=result_of(document),
        configuration=[_described(name, one) for name, one in sorted(basis.files.items())],
        passedTests=passed,
        warnedTests=warned,
        failedTests=[*failed, *others],
    )


def result_of(document: Conformance) -> Result:
    """Return the result of a run in one word."""
    if document.is_good:
        return Result.PASSED
    if document.is_open:
        return Result.WARNED
    return Result.FAILED if document.has_failed or document.certifies else Result.WARNED


def _described(name: str, digest: str) -> Described:
    return Described(name=name, digest=Digest(sha256=digest))


def _ids(document: Conformance, verdicts: Iterable[Verdict]) -> list[str]:
    return [clause.id for clause in document.clauses if clause.verdict in verdicts]


def _title(check: Check) -> str:
    return f"{check.feature}: {check.scenario}"
