"""What the calls of the bill protocol share, for their description at ``/docs``."""

from __future__ import annotations

from ..shared.runtime.incoming import LARGEST_BODY_BYTES
from ..shared.web.openapi import Interface
from . import bill_api, merchant_api, notification_api, statement_api
from .bill_answer import ProtocolError
from .bill_ids import LONGEST_ID
from .domain.notification_log import Outcome

TEXT = (
    "Merchants issue, read, reject and refund bills. Each call carries the secret key of its"
    " merchant. Any other path below `/partner/bill/` is answered with 404 and an error of the same"
    " shape. Refund lists, statements and notifications are not in the published"
    " protocol. Texts hold no control characters and no card number."
)
ID = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID, "pattern": r"^[^/\t\r\n]+$"}
BILL_PROTOCOL = Interface(
    title="Bill protocol of the wallet",
    prefix=merchant_api.PREFIX,
    text=TEXT,
    errors={
        400: ("An id, a field or the body does not fit.", ProtocolError),
        401: ("The secret key is missing or unknown.", ProtocolError),
        404: ("The merchant has no such bill, refund or notification.", ProtocolError),
        405: ("This path is called with another method.", ProtocolError),
        409: ("The state of the bill, or other data under the same id.", ProtocolError),
        413: (f"The body is larger than {LARGEST_BODY_BYTES} bytes.", ProtocolError),
    },
    security={
        "secretKey": {
            "type": "http",
            "scheme": "bearer",
            "description": "Bearer, a space, and the secret key.",
        }
    },
    always=(400, 401, 405, 413),
    parameters={
        "bill_id": ID,
        "refund_id": ID,
        "replay_id": ID,
        "day": {"type": "string", "format": "date"},
        "outcome": {"type": "string", "enum": [*Outcome]},
    },
    leaves_out=(bill_api.elsewhere.name,),
    groups={
        bill_api.api.name: "Bills and refunds",
        notification_api.api.name: "Notifications",
        statement_api.api.name: "Daily statements",
    },
)
