"""What the harness knows and must never show: passwords, codes, tokens.

Whoever makes or reads a secret says so with ``hide``; whoever writes evidence passes its text
through ``redact``. The list is the process's own, because a secret that one scenario learned must
not slip out through another one's log either.
"""

from __future__ import annotations

import re

MASK = "•••"

_hidden: set[str] = set()

# Playwright's call log repeats what was typed, and the markup of the field that it was typed into.
_TYPED = re.compile(r"\b(fill|type|insertText)\(\".*\"\)")
_VALUE = re.compile(r"\bvalue=(\"[^\"]*\"|'[^']*')")
_QUERY = re.compile(r"(https?://[^\s\"'?#<>]*)\?([^\s\"'#<>]*)(#[^\s\"'<>]*)?")
_USER = re.compile(r"(https?://)[^/\s\"'@]+@")


def hide(secret: str) -> str:
    """Keep ``secret`` out of everything that is reported from now on; returns it unchanged."""
    if secret.strip():
        _hidden.add(secret)
    return secret


def redact(text: str) -> str:
    """``text`` without hidden values, typed values, or the values in addresses."""
    # Longest first: a secret may contain another one.
    for secret in sorted(_hidden, key=len, reverse=True):
        text = text.replace(secret, MASK)
    text = _TYPED.sub(rf'\1("{MASK}")', text)
    text = _VALUE.sub(f'value="{MASK}"', text)
    return redact_addresses(text)


def redact_addresses(text: str) -> str:
    """``text`` whose web addresses keep their path and the names, not the values, of a query."""
    return _QUERY.sub(_without_values, _USER.sub(r"\1", text))


def _without_values(address: re.Match[str]) -> str:
    names = [pair.partition("=")[0] for pair in address[2].split("&")]
    return f"{address[1]}?{'&'.join(f'{name}={MASK}' for name in names if name)}"
