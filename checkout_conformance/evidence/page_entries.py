"""The texts and fields of a page, and which of them are secrets by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from checkout_conformance.redaction.secrets import hide

# Autocomplete values of secrets. A password shown as plain text keeps its autocomplete.
AUTOCOMPLETES = {
    *("current-password", "new-password", "one-time-code"),
    *("cc-number", "cc-csc", "cc-exp", "cc-exp-month", "cc-exp-year"),
}
EXPIRIES = {"cc-exp", "cc-exp-month", "cc-exp-year"}
NUMBERS = re.compile(r"\d+")
# A card's security code has three digits; hiding shorter numbers would damage every text.
SHORTEST_SECRET = 3
_CODE_FIELD = re.compile(
    r"cvv|cvc|csc|cvn|otp|pass|pin\b|one.?time|code|код|пароль|رمز|كود|كلمة", re.IGNORECASE
)
_OTHER_FIELD = re.compile(r"post|zip|promo|coupon|country|почтов|البريدي", re.IGNORECASE)
_CODE = re.compile(r"\s*\d(?:[ -]?\d){2,7}\s*")


@dataclass(frozen=True)
class Entry:
    """A text of the page, or a field with its value, names and marks."""

    text: str
    about: str = ""
    autocomplete: str = ""
    marked: bool = False

    @property
    def is_secret_by_itself(self) -> bool:
        """Whether it is marked as a secret, or is a code in a field for codes."""
        return self.marked or self.is_named_secret or self._is_code

    @property
    def is_named_secret(self) -> bool:
        """Whether its autocomplete is that of a secret."""
        return not AUTOCOMPLETES.isdisjoint(self.autocomplete.split())

    @property
    def _is_code(self) -> bool:
        for_codes = _CODE_FIELD.search(self.about) and not _OTHER_FIELD.search(self.about)
        return bool(for_codes) and _CODE.fullmatch(self.text) is not None

    @property
    def is_expiry(self) -> bool:
        """Whether it is a card's expiry date, whose parts are no secrets by themselves."""
        return not EXPIRIES.isdisjoint(self.autocomplete.split())


def register_secrets(entries: Iterable[Entry]) -> None:
    """Register the values that are secrets by themselves, so that no report repeats them."""
    for entry in entries:
        if entry.is_secret_by_itself:
            _learn(entry)


def _learn(entry: Entry) -> None:
    numbers = [] if entry.is_expiry else NUMBERS.findall(entry.text)
    for secret in [entry.text, *numbers]:
        if len(secret.strip()) >= SHORTEST_SECRET:
            hide(secret)
