"""Markdown for generated pages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

ARABIC = re.compile(r"[\u0600-\u06ff]")
# What Python-Markdown reads as its own, and lets a backslash escape.
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!-])")


def escape(text: str) -> str:
    """The text as Markdown shows it letter by letter, on one line."""
    escaped = SPECIAL.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))
    return escaped.replace("|", "&#124;")


def code(text: str) -> str:
    """The text in a fixed-width font, also in a cell of a table; Arabic from right to left."""
    direction = ' dir="rtl"' if ARABIC.search(text) else ""
    return f"<code{direction}>{_entities(html.escape(text))}</code>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def block(text: str) -> str:
    """Text as a program prints it."""
    return f"```text\n{text.strip()}\n```\n"


def _entities(text: str) -> str:
    """Markdown would read its own signs inside of HTML too."""
    return re.sub(r"[\\`*_{}\[\]|~^=$:@]", lambda sign: f"&#{ord(sign[0])};", text)
