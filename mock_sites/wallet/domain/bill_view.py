"""A bill in the words of the bill protocol, as answers and notifications carry it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from ...shared.values.money import Money
from ..store import BillRow

# The wallet writes its moments in the time of Moscow, with milliseconds.
WALLET_ZONE = timezone(timedelta(hours=3))


def value_text(money: Money) -> str:
    """The amount in major units with two decimals: ``200.34``."""
    return f"{money.value:.2f}"


def moment_text(moment: datetime) -> str:
    """A moment in ISO 8601, as the protocol writes it."""
    return moment.astimezone(WALLET_ZONE).isoformat(timespec="milliseconds")


def amount_facts(money: Money) -> dict[str, str]:
    """``{"value": "200.34", "currency": "RUB"}``."""
    return {"value": value_text(money), "currency": money.currency}


def bill_facts(bill: BillRow) -> dict[str, Any]:
    """Return a bill in the protocol's words, without the address where it is paid."""
    return {
        "siteId": bill.site_id,
        "billId": bill.bill_id,
        "amount": amount_facts(bill.money),
        "status": {"value": bill.status, "changedDateTime": moment_text(bill.changed_at)},
        "customer": bill.customer,
        "customFields": bill.custom_fields,
        "comment": bill.comment,
        "creationDateTime": moment_text(bill.created_at),
        "expirationDateTime": moment_text(bill.expires_at),
    }
