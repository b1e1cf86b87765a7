"""What a step says when the page is not as the document has it.

A bare ``expect(...)`` of Playwright is enough where the sentence of the feature says what is
expected: the report puts that sentence, its clause and what the page showed into the first line of
the failure. ``expect_that`` is for a step that looks at more than one thing, ``check_that`` for
what no locator can tell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")


class UnmetExpectation(AssertionError):
    """An expectation in words of its own that the page did not meet."""

    def __init__(self, what: str, showed: str) -> None:
        super().__init__(f"the document expects that {what}; {showed}")
        self.what = what
        self.showed = showed


def expect_that(what: str, check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Make a Playwright assertion that fails in the words of ``what``.

    ``expect_that("the receipt says Paid", expect(receipt).to_have_text, "Paid")``
    """
    __tracebackhide__ = True
    try:
        check(*args, **kwargs)
    except AssertionError as error:
        raise UnmetExpectation(what, str(error)) from None


def check_that(what: str, holds: bool, found: object) -> None:
    """Fail in the words of ``what`` unless it ``holds``; ``found`` is what there was instead.

    It does not wait: only for what can no longer change.
    """
    __tracebackhide__ = True
    if not holds:
        raise UnmetExpectation(what, f"Actual value: {found}")
