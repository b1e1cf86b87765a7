"""Verifies notifications with the published package: run by the Python of the clients.

Reads a line of JSON for each: ``secret``, ``body`` and ``headers``. Prints ``true`` or ``false``.
"""

import json
import sys

from standardwebhooks.webhooks import (  # type: ignore[import-not-found]
    Webhook,
    WebhookVerificationError,
)

for line in sys.stdin:
    told = json.loads(line)
    try:
        Webhook(told["secret"]).verify(told["body"], told["headers"])
    except WebhookVerificationError:
        print("false")
    else:
        print("true")
