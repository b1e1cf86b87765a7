"""Shops that reach the invoices of other shops, and keys that hold too long or not long enough."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.messaging.outgoing import Notifier
from mock_sites.wallet.clients import merchants as clients
from mock_sites.wallet.domain import bills
from mock_sites.wallet.domain.bills import Bills
from mock_sites.wallet.domain.merchants import Merchants
from mock_sites.wallet.domain.refunds import Refunds
from mock_sites.wallet.store import BillRow, MerchantRow

OVERLAP = "Until its end a replaced key of a shop issues invoices, and so does the new one"
AFTERWARDS = "After its end a replaced key of a shop issues no invoice"


def _issuer(rules: Any, merchant: Any, bill_id: str) -> Any:
    """The merchant that has issued a bill of that id, whoever asks."""
    with rules.database.reading() as session:
        issuers = select(MerchantRow).join(BillRow).where(BillRow.bill_id == bill_id)
        return session.scalars(issuers.order_by(BillRow.created_at)).first() or merchant


def _for_any_merchant(operation: Any) -> Any:
    return lambda self, merchant, bill_id, *more: operation(
        self, _issuer(self, merchant, bill_id), bill_id, *more
    )


@deviant("W2.2", "wallet", "Two shops use the same number for their invoices")
def numbers_of_invoices_are_shared(site: Change) -> None:
    """A number that one shop has used is the same invoice for all shops."""
    site.wrap(
        Bills,
        "issue",
        lambda issue: (
            lambda self, merchant, wanted: issue(
                self, _issuer(self, merchant, wanted.bill_id), wanted
            )
        ),
    )


@deviant("W2.4", "wallet", "A shop cannot cancel another shop's invoice")
def any_shop_cancels_any_invoice(site: Change) -> None:
    """A shop cancels the invoice of another shop."""
    site.wrap(Bills, "reject", _for_any_merchant)


@deviant("W2.6", "wallet", "A shop cannot refund the payment of another shop's invoice")
def any_shop_refunds_any_payment(site: Change) -> None:
    """A shop refunds what was paid to another shop."""
    site.wrap(Refunds, "give", _for_any_merchant)


@deviant(
    "W2.4", "wallet", "Invoices of two shops stand in one list, each with the name of its shop"
)
def all_invoices_have_one_shops_name(site: Change) -> None:
    """Every invoice of the list has the name of the newest one's shop."""

    def under_one_name(recent: Any) -> Any:
        def named(self: Bills, buyer: Any, *limit: Any) -> list[bills.Invoice]:
            found = recent(self, buyer, *limit)
            return [replace(each, shop=found[0].shop) for each in found]

        return named

    site.wrap(Bills, "recent", under_one_name)


@deviant("W2.2", "wallet", AFTERWARDS)
def old_key_is_accepted_for_ever(site: Change) -> None:
    """A key that was replaced is accepted without an end."""
    site.wrap(
        Merchants,
        "rotate",
        lambda rotate: (
            lambda self, site_id, key, overlap: rotate(self, site_id, key, timedelta(days=10_000))
        ),
    )


@deviant("W2.2", "wallet", OVERLAP)
def old_key_ends_at_once(site: Change) -> None:
    """A key that was replaced is refused from that moment."""
    site.wrap(
        Merchants,
        "rotate",
        lambda rotate: lambda self, site_id, key, overlap: rotate(self, site_id, key, timedelta()),
    )


@deviant("W2.2", "wallet", OVERLAP)
def new_key_is_not_accepted(site: Change) -> None:
    """A new key is given out, and the wallet goes on with the old one alone."""

    def given_out_only(rotate: Any) -> Any:
        def not_kept(self: Merchants, site_id: str, key: str, overlap: Any) -> MerchantRow:
            merchant = self.issuer(site_id)
            assert merchant is not None
            merchant.secret_key = key
            return merchant

        return not_kept

    site.wrap(Merchants, "rotate", given_out_only)


@deviant("W2.6", "wallet", "While two keys of a shop hold, both sign what it is told")
def new_key_signs_no_standard_webhook(site: Change) -> None:
    """While two keys hold, only the older one signs as Standard Webhooks has it."""
    site.wrap(
        clients,
        "webhook_headers",
        lambda headers: lambda keys, *told: headers(keys[1:] or keys, *told),
    )


@deviant("W2.6", "wallet", "While two keys of a shop hold, both sign what it is told")
def old_key_signs_notifications(site: Change) -> None:
    """While two keys hold, the native signature is that of the older one."""

    def oldest_first(accepted: Any) -> Any:
        return lambda self, merchant: accepted(self, merchant)[::-1]

    site.wrap(Merchants, "accepted_keys", oldest_first)


@deviant("W2.6", "wallet", "While two keys of a shop hold, both sign what it is told")
def notification_does_not_name_the_shop(site: Change) -> None:
    """What the wallet tells another shop of a payment lacks the number of the shop."""

    def without_number(post: Any) -> Any:
        def sent(self: Notifier, url: str, body: bytes, headers: Any) -> Any:
            told = json.loads(body)
            del told["bill"]["siteId"]
            return post(self, url, json.dumps(told).encode(), headers)

        return sent

    site.wrap(Notifier, "post", without_number)
