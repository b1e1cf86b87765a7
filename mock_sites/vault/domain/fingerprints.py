"""Telling the same card, or the same request, when it comes again, without keeping it."""

from __future__ import annotations

import hmac
import json


class Fingerprints:
    """Makes fingerprints with the site's secret: without it no number can be tried against one."""

    def __init__(self, secret_key: str) -> None:
        self._key = secret_key.encode()

    def of(self, number: str) -> str:
        """The fingerprint of a card number (digits only): hex HMAC-SHA256."""
        return self._keyed(f"card:{number}")

    def of_facts(self, *facts: object) -> str:
        """The fingerprint of what a request asks for: hex HMAC-SHA256 over texts and numbers."""
        return self._keyed(f"facts:{json.dumps(facts)}")

    def _keyed(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), "sha256").hexdigest()
