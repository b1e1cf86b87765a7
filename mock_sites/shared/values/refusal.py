"""The exceptions that rules raise."""

from __future__ import annotations


class Refusal(Exception):
    """A rule said no.

    ``code`` names the reason and finds the words for the buyer (each site's ``wording.py``),
    ``field`` the form field it belongs beside, ``facts`` what the words mention.
    """

    def __init__(self, code: str, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class NotFound(Exception):
    """Something does not exist, or this person may not see it: the two look the same."""
