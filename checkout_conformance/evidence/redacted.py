"""Remove secrets from reports, results and attachments of a test."""

from __future__ import annotations

import dataclasses
import zipfile
from io import BytesIO
from typing import Any

from _pytest._code.code import ReprEntry, TerminalRepr

from checkout_conformance.evidence.failures import ARIA_SNAPSHOT
from checkout_conformance.evidence.traces import Rewritten, rewritten
from checkout_conformance.redaction.secrets import redact

# Fields with identifiers, which contain no written text.
IDENTIFIERS = {
    *("uuid", "id", "historyId", "testCaseId", "source", "children"),
    *("status", "stage", "start", "stop", "timestamp"),
}
# A whole number below this is a line or a duration, and no card.
SHORTEST_NUMBER = 10**11


def redacted(part: Any) -> Any:
    """``part`` with all texts in it redacted; objects are changed in place."""
    if isinstance(part, str):
        return redact(ARIA_SNAPSHOT.sub("", part))
    if isinstance(part, list | tuple):
        return type(part)(redacted(one) for one in part)
    if isinstance(part, dict):
        return {redacted(key): redacted(value) for key, value in part.items()}
    if isinstance(part, int) and part >= SHORTEST_NUMBER:
        return part if redact(str(part)) == str(part) else redact(str(part))
    if _has_fields(part):
        for name, value in vars(part).items():
            if name not in IDENTIFIERS:
                setattr(part, name, redacted(value))
    return part


def _has_fields(part: object) -> bool:
    if isinstance(part, ReprEntry):
        # The arguments and variables of a frame may contain a typed code.
        part.reprfuncargs = part.reprlocals = None
    of_allure = hasattr(part, "__attrs_attrs__")
    of_pytest = isinstance(part, TerminalRepr) or dataclasses.is_dataclass(part)
    return not isinstance(part, type) and (of_allure or of_pytest)


def redacted_file(body: str | bytes) -> str | bytes:
    """Return the content of an attachment without secrets.

    Texts are redacted, zips file by file, and Playwright's traces are rewritten. Pictures and other
    binary files are kept as they are: what they show can be covered only when they are taken.
    """
    if isinstance(body, str):
        return redact(body)
    if isinstance(body, Rewritten):
        return body
    if zipfile.is_zipfile(BytesIO(body)):
        return _redacted_zip(body)
    return _redacted_text(body)


def _redacted_zip(body: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(body)) as old:
        names = old.namelist()
        if any(name.endswith((".trace", ".network")) for name in names):
            return rewritten(body)
        clean = BytesIO()
        with zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as new:
            for name in names:
                content = redacted_file(old.read(name))
                new.writestr(redact(name), content)
        return clean.getvalue()


def _redacted_text(body: bytes) -> bytes:
    if b"\0" in body:
        return body
    try:
        text, encoding = body.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = body.decode("latin-1"), "latin-1"
    safe = redact(text)
    return body if safe == text else safe.encode(encoding, errors="replace")
