"""What the calls of the vault's protocol share, for their description at ``/docs``."""

from __future__ import annotations

from ..shared.messaging.signing import CLIENT_ID, FRESH_FOR, REQUEST_TIME, RESPONSE_TIME, SIGNATURE
from ..shared.runtime.incoming import LARGEST_BODY_BYTES
from ..shared.web.openapi import Interface
from . import vault_api
from .vault_answer import RefusedAnswer

SIGNED = "algorithm=RSA256,keyVersion=1,signature=<URL-encoded base64>"
MINUTES = FRESH_FOR.seconds // 60
TEXT = (
    "Merchants link cards and pay from them. Every call is a POST of JSON that the merchant signs;"
    " every answer is signed by the vault. The signature is RSA (PKCS#1 v1.5, SHA-256) over"
    " `POST <path>`, a line end, and `<client id>.<time>.<body>`. The HTTP status is 200 also for"
    " a call that is refused: `result` says how it ended. Any other path below `/ams/` is answered"
    " with 404 and a result. Only published test cards are taken."
)
VAULT_PROTOCOL = Interface(
    title="Card protocol of the vault",
    prefix=vault_api.PREFIX,
    text=TEXT,
    errors={
        405: ("This path is called with another method.", RefusedAnswer),
        413: (f"The body is larger than {LARGEST_BODY_BYTES} bytes.", RefusedAnswer),
    },
    security={
        "clientId": {
            "type": "apiKey",
            "in": "header",
            "name": CLIENT_ID,
            "description": "The client id of the merchant.",
        },
        "requestTime": {
            "type": "apiKey",
            "in": "header",
            "name": REQUEST_TIME,
            "description": f"When the call is sent, in ISO 8601; valid for {MINUTES} minutes.",
        },
        "signature": {
            "type": "apiKey",
            "in": "header",
            "name": SIGNATURE,
            "description": SIGNED,
        },
    },
    always=(405, 413),
    headers={
        CLIENT_ID.lower(): "The client id of the merchant.",
        RESPONSE_TIME: "When the answer was sent, in ISO 8601.",
        SIGNATURE.lower(): SIGNED,
    },
    leaves_out=(vault_api.elsewhere.name,),
    groups={"vault_api": "Production paths", "vault_sandbox_api": "Sandbox paths"},
)
