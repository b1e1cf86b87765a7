"""The wallet's own test controls: its people, and whether its books balance."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, jsonify, request
from pydantic import AfterValidator, Field, WithJsonSchema
from typing_extensions import TypedDict

from ..shared.controls.body import body_as
from ..shared.controls.control import E164, AccountFacts, BooksFacts
from ..shared.values.money import Money
from ..shared.values.refusal import NotFound
from ..shared.web.openapi import documented
from ..shared.web.received import Received
from .domain import buyers as buyers_of_wallet
from .domain.records import BillRecord
from .domain.statements import parse_day
from .domain.wallet import Wallet
from .notification_facts import NotificationFacts, notification_facts
from .statement_files import StatementFacts, statement_facts

# A balance of ten billion: enough for any test, and not too large for any database.
MOST_MINOR = 10**12


def _kept(currency: str) -> str:
    if currency not in buyers_of_wallet.CURRENCIES:
        raise ValueError(f"a wallet keeps {', '.join(buyers_of_wallet.CURRENCIES)}")
    return currency


Currency = Annotated[
    str, AfterValidator(_kept), WithJsonSchema({"enum": [*buyers_of_wallet.CURRENCIES]})
]


class NewBuyer(Received, extra="forbid"):
    """A buyer to make up; balances in minor units by currency."""

    phone: str = Field(pattern=E164)
    password: str = Field(min_length=1, max_length=200)
    name: str = Field(min_length=1, max_length=200)
    balances: dict[Currency, Annotated[int, Field(ge=0, le=MOST_MINOR)]] = Field(
        default_factory=dict
    )


class BillFacts(TypedDict):
    """A bill of a merchant, and the money that really moved for it, in minor units."""

    site_id: str
    bill_id: str
    comment: str | None
    status: str
    amount_minor: int
    currency: str
    times_paid: int
    paid_minor: int
    refunded_minor: int


class TopUp(Received, extra="forbid"):
    """Money to put into a wallet; the amount in minor units."""

    phone: str = Field(pattern=E164)
    currency: Currency
    amount_minor: int = Field(gt=0, le=MOST_MINOR)


def add_wallet_controls(controls: Blueprint, wallet: Wallet) -> None:
    """Add the routes."""
    buyers = wallet.buyers

    @controls.post("/buyers")
    @documented("Open a wallet", AccountFacts, body=NewBuyer, status=201, otherwise=(409,))
    def add_buyer() -> tuple[Response, int]:
        wanted = body_as(NewBuyer)
        funds = [Money(minor, currency) for currency, minor in wanted.balances.items()]
        buyer = buyers.open_wallet(wanted.phone, wanted.password, wanted.name, funds)
        return jsonify(id=buyer.id, phone=buyer.phone), 201

    @controls.post("/top-ups")
    @documented("Put money into a wallet", dict[str, int], body=TopUp, status=201, otherwise=(404,))
    def top_up() -> tuple[Response, int]:
        wanted = body_as(TopUp)
        held = buyers.top_up(wanted.phone, Money(wanted.amount_minor, wanted.currency))
        return jsonify({money.currency: money.minor for money in held}), 201

    @controls.get("/balances")
    @documented("What a wallet holds", dict[str, int], query=("phone",), otherwise=(404,))
    def balances() -> Response:
        buyer = buyers.get(request.args.get("phone", ""))
        return jsonify({money.currency: money.minor for money in buyers.balances(buyer)})

    @controls.get("/books")
    @documented("What is wrong with the books", BooksFacts)
    def books() -> Response:
        with wallet.records() as records:
            return jsonify(discrepancies=records.discrepancies(), pending=records.pending())

    @controls.get("/statements")
    @documented(
        "A merchant's daily statement, by the books",
        StatementFacts,
        query=("site_id", "day"),
        otherwise=(404, 409),
    )
    def statement() -> Response:
        """``day`` is written as 2026-11-27; today in the merchant's zone if there is none."""
        merchant = wallet.merchants.issuer(request.args.get("site_id", ""))
        if merchant is None:
            raise NotFound("merchant")
        asked = request.args.get("day")
        day = parse_day(asked) if asked is not None else wallet.statements.today(merchant)
        return jsonify(statement_facts(wallet.statements.of(merchant, day)))

    @controls.get("/notifications")
    @documented(
        "What a merchant was told, and how it answered",
        list[NotificationFacts],
        query=("site_id", "bill_id"),
        otherwise=(404,),
    )
    def notifications() -> Response:
        """The newest 50, or those of one bill."""
        merchant = wallet.merchants.issuer(request.args.get("site_id", ""))
        if merchant is None:
            raise NotFound("merchant")
        found = wallet.notification_log.of(merchant, request.args.get("bill_id"))
        return jsonify([notification_facts(each) for each in found])

    @controls.get("/bills")
    @documented("How often each bill was paid, by the books", list[BillFacts], query=("bill_id",))
    def bills() -> Response:
        """All bills, or those of one id; an empty list if there is none."""
        with wallet.records() as records:
            return jsonify(
                [_bill_facts(bill) for bill in records.bills(request.args.get("bill_id"))]
            )


def _bill_facts(record: BillRecord) -> BillFacts:
    bill = record.bill
    return BillFacts(
        site_id=bill.site_id,
        bill_id=bill.bill_id,
        comment=bill.comment,
        status=bill.status,
        amount_minor=bill.amount,
        currency=bill.currency,
        times_paid=record.times_paid,
        paid_minor=record.paid.minor,
        refunded_minor=record.refunded.minor,
    )
