"""What goes on between shop, wallet and vault, past the buyer (W2.6, C2.6)."""

from __future__ import annotations

from uuid import uuid4

import httpx
from playwright.sync_api import expect
from pytest_bdd import then, when

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.addresses import needs_proxy, on_loopback
from checkout_conformance.targets.target import Target

from .pages.payment import Payment
from .pages.shop import Shop
from .words import Money, sentence

BILLS = "/partner/bill/v1/bills"
LIST_OF_CARDS = "/ams/api/v1/vaults/inquireBuyerCards"
SECONDS = 10.0


@when(sentence("the shop gives {money:Money} of the order back"))
@when(sentence("يردّ المتجر {money:Money} من ثمن الطلب"))
def give_back(shop: Shop, target: Target, money: Money) -> None:
    """As the bill protocol has it: the bill of an order has the order's own id."""
    target.require("refunds")
    shop.open_newest_order()
    order = shop.page.url.rpartition("/")[2]
    address = on_loopback(target.url("wallet", f"{BILLS}/{order}/refunds/{uuid4()}"))
    answer = httpx.put(
        address,
        json={"amount": {"currency": money.currency, "value": money.typed}},
        headers={"Authorization": f"Bearer {target.merchant_key}"},
        timeout=SECONDS,
        trust_env=needs_proxy(address),
    )
    check_that("the wallet takes the refund", answer.is_success, f"status {answer.status_code}")


@then(sentence("the history shows a refund of {money:Money}"))
@then(sentence("يعرض السجل استردادًا قدره {money:Money}"))
def history_shows_refund(payment: Payment, target: Target, money: Money) -> None:
    payment.open()
    payment.open_history()
    newest = payment.history.first
    expect(newest).to_contain_text(target.label("Refund"))
    expect(newest).to_contain_text(money.on_page)


@then(sentence('the receipt says "{state}", with {money:Money} still paid'))
@then(sentence("يقول الإيصال «{state:Label}» ويبقى المدفوع {money:Money}"))
def receipt_says_refunded(payment: Payment, target: Target, state: str, money: Money) -> None:
    payment.open_receipt_from_history()
    expect(payment.receipt.get_by_text(target.label(state), exact=True)).to_be_visible()
    left = payment.receipt.get_by_role("term").filter(has_text=target.label("Paid after refunds"))
    expect(left).to_be_visible()
    expect(payment.receipt).to_contain_text(money.on_page)


@when("somebody else asks the vault for the buyer's cards", target_fixture="told_a_stranger")
@when("يسأل غريب الخزنة عن بطاقات المشتري", target_fixture="told_a_stranger")
def ask_without_signature(target: Target, buyer: Buyer) -> str:
    address = on_loopback(target.url("vault", LIST_OF_CARDS))
    asked = {"buyer": {"phone": buyer.phone}}
    answer = httpx.post(address, json=asked, timeout=SECONDS, trust_env=needs_proxy(address))
    return answer.text


@then("the vault tells nothing of them")
@then("لا تُخبره الخزنة بشيء عنها")
def stranger_is_told_nothing(told_a_stranger: str) -> None:
    told = "cardToken" in told_a_stranger
    check_that("a stranger is told of no card", not told, "the cards")
