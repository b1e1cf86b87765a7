"""Answers of the wallet to a shop: refused, or such as cannot be read (W2.6)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from checkout_conformance.expectations import UnmetExpectation, check_that


def check_taken(what: str, answer: httpx.Response) -> None:
    """Check that the wallet takes what a shop has sent."""
    check_that(f"the wallet takes the {what}", answer.is_success, f"status {answer.status_code}")


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Raise UnmetExpectation if the block finds ``what`` without a field, or another kind of value.

    The field is named, not what stands there: it may be anything.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError, OverflowError, csv.Error) as error:
        wrong = f"the field {error}" if isinstance(error, KeyError) else "a value"
        raise UnmetExpectation(
            f"{what} has the fields of the protocol", f"{wrong} is wrong or missing"
        ) from None
