"""The ways in which a buyer tries again what got no answer."""

from __future__ import annotations

from enum import StrEnum


class Retry(StrEnum):
    """A way to try again, by the words that sentences have for it."""

    AFTER_GOING_BACK = "after going back"
    BY_RELOADING = "by reloading the page"
    IN_ANOTHER_TAB = "in another tab"
