"""Redaction of secrets: passwords, codes, card numbers, tokens.

Code that makes or reads a secret registers it with ``hide``; code that writes evidence passes its
text through ``redact``. A team's own steps use both too:

    from checkout_conformance.redaction.secrets import hide

    password = hide(read_password())

Card numbers, and values that a text calls a code or a password, are removed even if they are not
registered. The list belongs to the process, because a secret of one scenario must not appear in
another one's log.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from urllib.parse import quote, quote_plus

from checkout_conformance.redaction.secret_numbers import find_numbers, plain_digits
from checkout_conformance.redaction.secret_words import (
    MASK,
    SecretSpan,
    find_address_values,
    find_codes,
    find_passwords,
    find_typed_values,
)

__all__ = [
    "MASK",
    "find_secrets",
    "hide",
    "hide_matches",
    "nothing_hidden",
    "redact",
    "redact_addresses",
    "version",
]

# Shorter secrets are removed only where they are whole words.
_SHORTEST_ANYWHERE = 6
_SHORT_TEXT = 300

# The secrets that are no numbers, each with all the ways to write it; then the numbers.
_texts: dict[str, tuple[str, ...]] = {}
_numbers: set[str] = set()
_patterns: dict[str, re.Pattern[str]] = {}
_changes = 0

_BASE64 = (
    re.compile(r"[A-Za-z0-9+/]{12,}={0,2}"),
    re.compile(r"[A-Za-z0-9_-]{12,}(?:={1,2}|(?:%3D){1,2})?"),
)


def hide(secret: str) -> str:
    """Remove ``secret`` from all reports from now on; return it unchanged.

    It is left out however it is written: grouped, URL-encoded, as JSON, HTML or base64. Blank
    text is no secret. A secret of up to five characters is left out only where it stands alone.
    """
    global _changes
    if not secret.strip():
        return secret
    digits = plain_digits(secret)
    if digits and digits not in _numbers:
        _numbers.add(digits)
        _changes += 1
    elif not digits and secret not in _texts:
        _texts[secret] = _written(secret)
        _changes += 1
    return secret


def hide_matches(pattern: str) -> None:
    """Keep what matches the regular expression, or its first group, out of all reports.

    Raises re.error for a pattern that is no regular expression, ValueError for one that matches
    an empty text.
    """
    global _changes
    compiled = re.compile(pattern)
    if compiled.search(""):
        raise ValueError("it matches an empty text, so it would match everywhere")
    if pattern not in _patterns:
        _patterns[pattern] = compiled
        _changes += 1


@contextmanager
def nothing_hidden() -> Iterator[None]:
    """Begin with nothing hidden, and return to what was hidden before: for tests of redaction."""
    global _texts, _numbers, _patterns, _changes
    before = _texts, _numbers, _patterns
    _texts, _numbers, _patterns = {}, set(), {}
    _changes += 1
    try:
        yield
    finally:
        _texts, _numbers, _patterns = before
        _changes += 1


def version() -> int:
    """Return a number that increases whenever another secret is registered."""
    return _changes


def redact(text: str) -> str:
    """``text`` without secrets, typed values, or the values in addresses."""
    if len(text) <= _SHORT_TEXT:
        return _redact_short(text, _changes)
    return _redact_text(text)


def redact_addresses(text: str) -> str:
    """``text`` whose web addresses keep their path and the names, not the values, of a query."""
    return _replace_spans(text, list(find_address_values(text)))


def find_secrets(text: str) -> list[tuple[int, int]]:
    """Where secrets stand in a text that a person sees: start and end of each."""
    spans = [*_known_secrets(text), *find_codes(text), *find_passwords(text)]
    return [(span.start, span.end) for span in _merge_spans(spans)]


@lru_cache(maxsize=4096)
def _redact_short(text: str, changes: int) -> str:
    # The same words come again and again in a trace. What is hidden meanwhile counts as a change.
    return _redact_text(text)


def _redact_text(text: str) -> str:
    # A number goes first: what stands close to it can then be told from it.
    text = _replace_spans(text, list(_known_secrets(text)))
    spans = [
        *find_codes(text),
        *find_passwords(text),
        *find_typed_values(text),
        *find_address_values(text),
        *_encoded_secrets(text),
    ]
    return _replace_spans(text, spans)


def _known_secrets(text: str) -> Iterator[SecretSpan]:
    """Secrets that were registered, and card numbers."""
    for secret, written in _texts.items():
        for form in written:
            if form in text:
                yield from _occurrences(form, text, len(secret) < _SHORTEST_ANYWHERE)
    for start, end in find_numbers(text, _numbers):
        yield SecretSpan(start, end)
    for pattern in _patterns.values():
        for found in pattern.finditer(text):
            yield SecretSpan(*found.span(1 if pattern.groups and found[1] else 0))


def _occurrences(form: str, text: str, only_alone: bool) -> Iterator[SecretSpan]:
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        if not only_alone or not (text[:start][-1:].isalnum() or text[end : end + 1].isalnum()):
            yield SecretSpan(start, end)
        start = text.find(form, start + 1)


def _encoded_secrets(text: str) -> Iterator[SecretSpan]:
    """Yield base64 texts that contain a secret."""
    for pattern in _BASE64:
        for found in pattern.finditer(text):
            decoded = _decoded(found[0])
            if decoded and any(_known_secrets(decoded)):
                yield SecretSpan(*found.span())


def _decoded(word: str) -> str:
    plain = word.replace("%3D", "").rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4)).decode()
    except ValueError:
        return ""


def _written(secret: str) -> tuple[str, ...]:
    """Return all encodings of a secret in texts."""
    in_json = json.dumps(secret)[1:-1]
    ways = {
        secret,
        in_json,
        json.dumps(in_json)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        in_json.replace("/", "\\/"),
        repr(secret)[1:-1],
        html.escape(secret),
        html.escape(secret, quote=False),
        html.escape(secret).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"),
    }
    for encoded in (quote(secret, safe=""), quote(secret), quote_plus(secret), _as_typed(secret)):
        ways |= {encoded, _lower_escapes(encoded), quote(encoded, safe="")}
    return tuple(sorted(ways, key=len, reverse=True))


def _as_typed(secret: str) -> str:
    """As a browser writes it into an address."""
    return quote(secret, safe="!$&'()*+,/:;=?@")


def _lower_escapes(encoded: str) -> str:
    return re.sub("%[0-9A-F]{2}", lambda escape: escape[0].lower(), encoded)


def _replace_spans(text: str, spans: list[SecretSpan]) -> str:
    if not spans:
        return text
    parts, at = [], 0
    for span in _merge_spans(spans):
        parts += [text[at : span.start], span.shown]
        at = span.end
    return "".join([*parts, text[at:]])


def _merge_spans(spans: list[SecretSpan]) -> list[SecretSpan]:
    """Sort the spans and merge those that overlap."""
    merged: list[SecretSpan] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if merged and span.start < merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = SecretSpan(merged[-1].start, span.end)
        elif span.end > span.start:
            merged.append(span)
    return merged
