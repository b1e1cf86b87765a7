"""Test controls of the wallet's merchants: add one, and give one a new secret key."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint
from pydantic import Field
from typing_extensions import TypedDict

from ..shared.controls.body import body_as
from ..shared.messaging.standard_webhooks import webhook_secret
from ..shared.runtime.keys import SITE_ID, MerchantKeys, merchant_secret
from ..shared.web.openapi import documented
from ..shared.web.received import Received
from .domain.merchants import merchant_row
from .domain.wallet import Wallet
from .store import MerchantRow

LONGEST_OVERLAP_SECONDS = 90 * 24 * 3600


class MerchantFacts(TypedDict):
    """A merchant with its newest keys; ``webhook_secret`` verifies Standard Webhooks."""

    site_id: str
    name: str
    secret_key: str
    public_key: str
    webhook_secret: str


class NewMerchant(Received, extra="forbid"):
    """A merchant to add. Its keys are made up."""

    name: str = Field(min_length=1, max_length=200)
    site_id: str | None = Field(None, pattern=SITE_ID)
    notification_url: str | None = Field(None, pattern=r"^https?://", max_length=2000)
    return_origins: list[str] = Field(default_factory=list, max_length=20)
    time_zone: str = "Europe/Moscow"
    standard_webhooks: bool = False


class NewKey(Received, extra="forbid"):
    """A new key: made up if none is given. The one before is accepted for some seconds more."""

    overlap_seconds: int = Field(ge=0, le=LONGEST_OVERLAP_SECONDS)
    secret_key: str | None = Field(None, min_length=32, max_length=400, pattern=r"^[!-~]+$")


def add_merchant_controls(controls: Blueprint, wallet: Wallet) -> None:
    """Add the routes."""
    merchants = wallet.merchants

    @controls.get("/merchants")
    @documented("The merchants of the wallet, with their newest keys", list[MerchantFacts])
    def all_merchants() -> list[MerchantFacts]:
        return [_facts(each) for each in merchants.all()]

    @controls.post("/merchants")
    @documented("Add a merchant", MerchantFacts, body=NewMerchant, status=201, otherwise=(409,))
    def add() -> tuple[MerchantFacts, int]:
        wanted = body_as(NewMerchant).model_dump(exclude_none=True)
        merchant = merchant_row(MerchantKeys.model_validate(wanted))
        merchants.add(merchant)
        return _facts(merchant), 201

    @controls.post("/merchants/<site_id>/keys")
    @documented(
        "Give a merchant a new secret key", MerchantFacts, body=NewKey, status=201, otherwise=(409,)
    )
    def rotate(site_id: str) -> tuple[MerchantFacts, int]:
        """Both keys are accepted meanwhile. The same again changes nothing."""
        wanted = body_as(NewKey)
        overlap = timedelta(seconds=wanted.overlap_seconds)
        key = wanted.secret_key or merchant_secret()
        return _facts(merchants.rotate(site_id, key, overlap)), 201


def _facts(merchant: MerchantRow) -> MerchantFacts:
    return MerchantFacts(
        site_id=merchant.site_id,
        name=merchant.name,
        secret_key=merchant.secret_key,
        public_key=merchant.public_key,
        webhook_secret=webhook_secret(merchant.secret_key),
    )
