"""Ways in which a password or a code that is typed differs from the right one."""

from __future__ import annotations

from collections.abc import Callable


def with_another_first_digit(code: str) -> str:
    """The code, wrong in its first digit only."""
    return _next_digit(code[0]) + code[1:]


def with_another_last_digit(code: str) -> str:
    """The code, wrong in its last digit only."""
    return code[:-1] + _next_digit(code[-1])


def _next_digit(digit: str) -> str:
    return str((int(digit) + 1) % 10)


# By the words that a sentence has for it.
TYPOS: dict[str, Callable[[str], str]] = {
    "in other letter case": str.swapcase,
    "without its last character": lambda text: text[:-1],
    "with another first digit": with_another_first_digit,
    "with another last digit": with_another_last_digit,
    "left out": lambda _: "",
    "replaced by a blank": lambda _: " ",
}
