"""Regular expressions as a browser reads them: Playwright gives them to JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

WORD = "A-Za-z0-9_"
# JavaScript's white space.
SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
EDGE = f"(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}])"
CLASSES = {"d": "0-9", "w": WORD, "s": SPACE}
OUTSIDE = {
    **{name: f"[{members}]" for name, members in CLASSES.items()},
    **{name.upper(): f"[^{members}]" for name, members in CLASSES.items()},
    # The same, and quicker to compile than a class of all of them.
    "s": r"(?:[^\S\x1c-\x1f\x85]|\ufeff)",
    "b": f"(?:{EDGE})",
    "B": f"(?!{EDGE})",
}
TOKEN = re.compile(r"\\.|.", re.DOTALL)


@cache
def as_in_browser(pattern: re.Pattern[str]) -> re.Pattern[str]:
    r"""Return a pattern that finds what JavaScript would find with this one.

    There ``\d`` and ``\w`` are ASCII only, ``\b`` is the edge of an ASCII word, and ``$`` is the
    very end of the text.
    """
    return re.compile("".join(_translated(pattern)), pattern.flags)


def _translated(pattern: re.Pattern[str]) -> Iterator[str]:
    in_class = False
    for token in TOKEN.findall(pattern.pattern):
        if token.startswith("\\"):
            yield (CLASSES if in_class else OUTSIDE).get(token[1], token)
            continue
        if token == "$" and not in_class and not pattern.flags & re.MULTILINE:
            yield r"\Z"
            continue
        in_class = token == "[" or (in_class and token != "]")
        yield token
