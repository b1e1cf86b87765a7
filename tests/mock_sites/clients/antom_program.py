"""A merchant's program with Antom's Python SDK, of which nothing is changed.

Reads one JSON object from standard input and writes one answer as JSON per call. It runs in the
clients' own environment (``make clients``). Only the network is arranged: the host that the SDK is
given leads to a port of this machine.
"""

from __future__ import annotations

import json
import socket
import sys
from typing import Any

from com.alipay.ams.api.default_alipay_client import DefaultAlipayClient
from com.alipay.ams.api.model.amount import Amount
from com.alipay.ams.api.model.buyer import Buyer
from com.alipay.ams.api.model.card_payment_method_detail import CardPaymentMethodDetail
from com.alipay.ams.api.model.order import Order
from com.alipay.ams.api.model.payment_method import PaymentMethod
from com.alipay.ams.api.model.payment_method_detail import PaymentMethodDetail
from com.alipay.ams.api.model.user_name import UserName
from com.alipay.ams.api.request.notify.alipay_vaulting_notify import AlipayVaultingNotify
from com.alipay.ams.api.request.pay.alipay_pay_cancel_request import AlipayPayCancelRequest
from com.alipay.ams.api.request.pay.alipay_pay_query_request import AlipayPayQueryRequest
from com.alipay.ams.api.request.pay.alipay_pay_request import AlipayPayRequest
from com.alipay.ams.api.request.vaulting.alipay_vaulting_payment_method_request import (
    AlipayVaultingPaymentMethodRequest,
)
from com.alipay.ams.api.request.vaulting.alipay_vaulting_query_request import (
    AlipayVaultingQueryRequest,
)
from com.alipay.ams.api.request.vaulting.alipay_vaulting_session_request import (
    AlipayVaultingSessionRequest,
)
from com.alipay.ams.api.response.vaulting.alipay_vaulting_payment_method_response import (
    AlipayVaultingPaymentMethodResponse,
)
from com.alipay.ams.api.response.vaulting.alipay_vaulting_query_response import (
    AlipayVaultingQueryResponse,
)
from com.alipay.ams.api.response.vaulting.alipay_vaulting_session_response import (
    AlipayVaultingSessionResponse,
)
from com.alipay.ams.api.tools.webhook_tool import check_signature

HTTPS = 443


def main() -> None:
    asked: dict[str, Any] = json.load(sys.stdin)
    lead(asked["host"], asked["port"])
    merchant = asked["merchant"]
    client = DefaultAlipayClient(
        f"https://{asked['host']}",
        merchant["client_id"],
        merchant["private_key"],
        merchant["vault_public_key"],
    )
    for call in asked["calls"]:
        name, values = call
        print(json.dumps(CALLS[name](client, merchant, **values)))


def lead(host: str, port: int) -> None:
    """Let connections to the HTTPS port of ``host`` go to ``port`` on loopback."""
    connect = socket.create_connection

    def create_connection(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        assert address == (host, HTTPS), address
        return connect(("127.0.0.1", port), *args, **kwargs)

    vars(socket)["create_connection"] = create_connection


def vault(client: Any, _merchant: Any, request_id: str, number: str, told_at: str) -> Any:
    card = CardPaymentMethodDetail()
    card.card_no, card.cvv = number, "432"
    card.expiry_year, card.expiry_month = "40", "12"
    card.cardholder_name = UserName()
    card.cardholder_name.first_name, card.cardholder_name.last_name = "Anna", "Petrova"
    detail = PaymentMethodDetail()
    detail.payment_method_type, detail.card = "CARD", card
    request = AlipayVaultingPaymentMethodRequest()
    request.vaulting_request_id, request.payment_method_detail = request_id, detail
    request.vaulting_notification_url = request.redirect_url = told_at
    request.merchant_region = "HK"
    body = client.execute(request)
    answer = AlipayVaultingPaymentMethodResponse(body)
    return [answer.result.result_code, answer.vaulting_request_id, json.loads(body)]


def inquire(client: Any, _merchant: Any, request_id: str) -> Any:
    request = AlipayVaultingQueryRequest()
    request.vaulting_request_id = request_id
    body = client.execute(request)
    answer = AlipayVaultingQueryResponse(body)
    return [answer.result.result_code, answer.vaulting_status, json.loads(body)]


def session(client: Any, _merchant: Any, request_id: str, told_at: str) -> Any:
    request = AlipayVaultingSessionRequest()
    request.payment_method_type, request.vaulting_request_id = "CARD", request_id
    request.vaulting_notification_url = request.redirect_url = told_at
    answer = AlipayVaultingSessionResponse(client.execute(request))
    return [
        answer.result.result_code,
        answer.vaulting_session_id,
        answer.vaulting_session_data,
        answer.vaulting_session_expiry_time,
    ]


def pay(client: Any, _merchant: Any, request_id: str, token: str, minor: str) -> Any:
    request = AlipayPayRequest()
    request.payment_request_id = request_id
    request.payment_amount = Amount("RUB", minor)
    request.payment_method = PaymentMethod()
    request.payment_method.payment_method_type = "CARD"
    request.payment_method.payment_method_id = token
    request.order = Order()
    request.order.order_description, request.order.order_amount = "Order 1", Amount("RUB", minor)
    request.order.buyer = Buyer()
    request.order.buyer.reference_buyer_id = "buyer-7"
    return json.loads(client.execute(request))


def payment(client: Any, _merchant: Any, request_id: str) -> Any:
    request = AlipayPayQueryRequest()
    request.payment_request_id = request_id
    return json.loads(client.execute(request))


def cancel(client: Any, _merchant: Any, request_id: str) -> Any:
    request = AlipayPayCancelRequest()
    request.payment_request_id = request_id
    return json.loads(client.execute(request))


def notification(_client: Any, merchant: Any, path: str, headers: dict[str, str], body: str) -> Any:
    fits = check_signature(
        "POST",
        path,
        headers["client-id"],
        headers["request-time"],
        body,
        headers["signature"],
        merchant["vault_public_key"],
    )
    told = AlipayVaultingNotify(body)
    card = told.payment_method_detail.card
    return [
        fits,
        told.notify_type,
        told.result.result_code,
        told.vaulting_request_id,
        told.vaulting_create_time,
        card.brand.value,
        card.card_token,
    ]


CALLS: dict[str, Any] = {
    "vault": vault,
    "inquire": inquire,
    "session": session,
    "pay": pay,
    "payment": payment,
    "cancel": cancel,
    "notification": notification,
}

if __name__ == "__main__":
    main()
