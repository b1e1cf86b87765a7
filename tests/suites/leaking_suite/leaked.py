"""All that the steps of the leaking suite know, in every spelling."""

from __future__ import annotations

import base64
import json

from checkout_conformance.redaction.secrets import hide

CARD = "4111 1111 1111 1111"
TOLD = hide("told/by the+team")
EVERYTHING = (
    f"card {CARD}, {CARD.replace(' ', '')}, cvv=737, code 604182, {json.dumps({'cvc': '737'})},"
    f" http://ann:pw-in-an-address@shop.example.test/?pass=pw-in-a-query, password: pw-in-words,"
    f" {TOLD}, {base64.b64encode(TOLD.encode()).decode()}, Authorization: Bearer pw-in-a-header"
)
