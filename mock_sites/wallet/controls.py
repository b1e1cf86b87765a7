"""The wallet's own test controls: its people, and whether its books balance."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint, Response, jsonify
from pydantic import BaseModel, Field

from mock_sites.control import body_as
from mock_sites.money import Money
from mock_sites.wallet.domain.buyers import Buyers


class NewBuyer(BaseModel, extra="forbid"):
    """A buyer to make up; balances in minor units by currency."""

    phone: str = Field(pattern=r"\+[0-9]{7,15}")
    password: str = Field(min_length=1)
    name: str = Field(min_length=1, max_length=200)
    balances: dict[str, Annotated[int, Field(ge=0)]] = {}


def add_wallet_controls(controls: Blueprint, buyers: Buyers) -> None:
    """Add the routes."""

    @controls.post("/buyers")
    def add_buyer() -> tuple[Response, int]:
        wanted = body_as(NewBuyer)
        funds = [Money(minor, currency) for currency, minor in wanted.balances.items()]
        buyer = buyers.open_wallet(wanted.phone, wanted.password, wanted.name, funds)
        return jsonify(id=buyer.id, phone=buyer.phone), 201

    @controls.get("/books")
    def books() -> Response:
        return jsonify(discrepancies=buyers.discrepancies())
