"""The shop's test controls: customers, orders, prices."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from pydantic import BaseModel, Field, field_validator

from mock_sites.control import body_as
from mock_sites.people import typed_phone
from mock_sites.shop.domain.shop import Shop


class NewCustomer(BaseModel, extra="forbid"):
    """Somebody to open an account for."""

    phone: str
    password: str = Field(min_length=1)
    name: str = Field(min_length=1, max_length=200)

    @field_validator("phone")
    @classmethod
    def _in_e164(cls, phone: str) -> str:
        return typed_phone(phone)


class ProductChange(BaseModel, extra="forbid"):
    """What to change of a product; the price is in minor units."""

    price_minor: int | None = Field(None, gt=0)
    on_sale: bool | None = None


def add_shop_controls(controls: Blueprint, shop: Shop) -> None:
    """Add what a test may do behind the shop's back."""

    @controls.post("/customers")
    def add_customer() -> tuple[dict[str, Any], int]:
        new = body_as(NewCustomer)
        customer = shop.people.add(new.phone, new.password, new.name)
        return {"id": customer.id, "phone": customer.phone}, 201

    @controls.get("/orders/<uid>")
    def read_order(uid: str) -> dict[str, Any]:
        order = shop.orders.find(uid)
        return {
            "state": order.state,
            "total_minor": order.total_minor,
            "currency": order.currency,
            "times_paid": 0 if order.payment is None else 1,
        }

    @controls.patch("/products/<slug>")
    def change_product(slug: str) -> dict[str, Any]:
        change = body_as(ProductChange)
        if change.price_minor is not None:
            shop.catalogue.reprice(slug, change.price_minor)
        if change.on_sale is not None:
            shop.catalogue.offer(slug, on_sale=change.on_sale)
        product = shop.catalogue.product(slug)
        return {"price_minor": product.price_minor, "on_sale": product.on_sale}
