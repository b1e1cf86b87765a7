"""Playwright's traces of failures, rewritten without typed values.

A trace has every typed value in several places: calls, log, snapshots of the page, sent forms. All
of them are emptied before the trace is kept.
"""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

from checkout_conformance.redaction.secrets import MASK, find_secrets, redact

# Parameters of a call with typed values.
TYPED = {"text", "key", "expectedText", "expectedValue"}
LINES = (".trace", ".network", ".stacks")
TEXTS = (".html", ".json", ".txt", ".xml")
HARMLESS = (
    ".css",
    ".js",
    ".svg",
    ".png",
    ".jpeg",
    ".jpg",
    ".gif",
    ".webp",
    ".woff",
    ".woff2",
    ".ico",
)
# A whole number below this is a moment or a length, and no card.
SHORTEST_NUMBER = 10**11
# Values of fields, headers, cookies and queries: any of them may be a secret.
VALUES = ("value", "__playwright_value_")
# Codes and card numbers that were on a page but are not registered as secrets.
NUMBER = re.compile(r"(?<![\w#&;-])(?:\d{6}|\d(?:[ -]?\d){12,18})(?![\w-])")


class Rewritten(bytes):
    """A trace without secrets."""


def start_trace(context: BrowserContext, snapshots: bool) -> None:
    """Start to record ``context``, with or without snapshots of its pages."""
    context.tracing.start(screenshots=False, snapshots=snapshots, sources=False)


def take_trace(context: BrowserContext) -> Rewritten:
    """Stop recording; return the trace for Playwright's viewer, as a zip without secrets."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "trace.zip"
        context.tracing.stop(path=raw)
        return rewritten(raw.read_bytes())


def rewritten(trace: bytes) -> Rewritten:
    """Return the trace without typed values, sent forms, cookies, codes and card numbers."""
    clean = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(trace)) as old,
        zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, _clean_file(name, old.read(name)))
    return Rewritten(clean.getvalue())


def _clean_file(name: str, content: bytes) -> bytes:
    if name.endswith(LINES):
        return b"\n".join(_clean_line(line) for line in content.splitlines() if line.strip())
    if name.endswith(TEXTS):
        return _clean_text(content.decode("utf-8", errors="replace")).encode()
    # Other files may be sent forms: keep only types that cannot be one.
    return content if name.endswith(HARMLESS) else b""


def _clean_line(line: bytes) -> bytes:
    return json.dumps(_clean(json.loads(line)), ensure_ascii=False).encode()


def _clean(part: Any) -> Any:
    if isinstance(part, str):
        return _clean_text(part)
    if isinstance(part, list):
        return [_clean(one) for one in part]
    if isinstance(part, int) and part >= SHORTEST_NUMBER:
        return part if redact(str(part)) == str(part) else MASK
    if isinstance(part, dict):
        return {name: _clean_entry(name, value) for name, value in part.items()}
    return part


def _without_spelled(node: Any) -> Any:
    """Return a snapshot's node (tag, attributes, children) without secrets split over texts.

    The parts of such a secret, as ``4111`` and ``1111``, are too short to be redacted alone.
    """
    if not _is_node(node) or not find_secrets(_joined(node)):
        return node
    cleaned = [*node[:2], *map(_without_spelled, node[2:])]
    return _without_texts(cleaned) if find_secrets(_joined(cleaned)) else cleaned


def _is_node(part: Any) -> bool:
    return isinstance(part, list) and bool(part) and isinstance(part[0], str)


def _joined(node: list[Any]) -> str:
    return " ".join(" ".join(_texts_in(node)).split())


def _texts_in(node: list[Any]) -> Iterator[str]:
    for one in node[2:]:
        if isinstance(one, str):
            yield one
        elif _is_node(one):
            yield from _texts_in(one)


def _without_texts(part: Any) -> Any:
    if isinstance(part, str):
        return MASK if part.strip() else part
    return [*part[:2], *map(_without_texts, part[2:])] if _is_node(part) else part


def _clean_entry(name: str, value: Any) -> Any:
    if name == "params" and isinstance(value, dict):
        value = {key: MASK if key in TYPED else one for key, one in value.items()}
    if name in VALUES and value:
        return MASK
    if name == "postData":
        return None
    if name in ("cookies", "storageState"):
        return []
    return _without_spelled(_clean(value)) if name == "html" else _clean(value)


def _clean_text(text: str) -> str:
    return NUMBER.sub(MASK, redact(text))
