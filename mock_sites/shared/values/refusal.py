"""What a rule answers when it says no."""

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
    """Nothing of that name, or nothing that this person may see: the two look the same."""
