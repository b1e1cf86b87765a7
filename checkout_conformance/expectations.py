"""Assertions of steps, with their own description of what was expected.

Playwright's ``expect(...)`` alone is enough if the sentence of the feature says what is expected:
the report puts the sentence, its clause and the page's actual state into the first line of the
failure. Use ``expect_that`` in a step that checks more than one thing, and ``check_that`` for a
value that is not on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")


class UnmetExpectation(AssertionError):
    """An expectation with its own description that was not met."""

    def __init__(self, what: str, showed: str) -> None:
        super().__init__(f"the document expects that {what}; {showed}")
        self.what = what
        self.showed = showed


class PreconditionFailed(Exception):
    """What a scenario begins with cannot be had: it tells nothing about its clauses."""


def expect_that(what: str, check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Run a Playwright assertion; if it fails, describe the expectation as ``what``.

    ``expect_that("the receipt says Paid", expect(receipt).to_have_text, "Paid")``
    """
    __tracebackhide__ = True
    try:
        check(*args, **kwargs)
    except AssertionError as error:
        raise UnmetExpectation(what, str(error)) from None


def check_that(what: str, holds: bool, found: object) -> None:
    """Raise UnmetExpectation for ``what``, with the value ``found``, unless ``holds`` is true.

    It does not wait: use it only for values that can no longer change.
    """
    __tracebackhide__ = True
    if not holds:
        raise UnmetExpectation(what, f"Actual value: {found}")
