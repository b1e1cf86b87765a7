"""The shop's side of the bill protocol: pyqiwip2p issues and cancels, a view takes the news."""

import hashlib
import hmac
import json
from decimal import Decimal
from urllib.parse import quote

import httpx
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest, HttpResponseForbidden, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from oscar.apps.order.models import Order
from pyqiwip2p import QiwiP2P

LIFETIME_MINUTES = 24 * 60


class ToTheMock(httpx.HTTPTransport):
    """pyqiwip2p knows one host, and no setting for another: its calls go to settings.WALLET."""

    def handle_request(self, request):
        wallet = httpx.URL(settings.WALLET)
        request.url = request.url.copy_with(
            scheme=wallet.scheme, host=wallet.host, port=wallet.port
        )
        request.headers["Host"] = wallet.netloc.decode()
        return super().handle_request(request)


def sdk():
    client = QiwiP2P(auth_key=settings.MERCHANT["secret_key"], currency="RUB")
    client._client = httpx.Client(transport=ToTheMock(), timeout=10)
    return client


def issue(order_number, amount, phone):
    """The bill of an order; its number is the order's. Raises QiwiError or httpx.HTTPError."""
    return sdk().bill(
        bill_id=order_number,
        amount=float(amount),
        lifetime=LIFETIME_MINUTES,
        comment=f"Order {order_number}",
        customer={"phone": phone} if phone else None,
    )


def pay_page(pay_url, back):
    return f"{pay_url}&successUrl={quote(back, safe='')}"


def signature(bill):
    value = Decimal(str(bill["amount"]["value"])).quantize(Decimal("0.01"))
    facts = (
        bill["amount"]["currency"],
        value,
        bill["billId"],
        bill["siteId"],
        bill["status"]["value"],
    )
    return hmac.new(
        settings.MERCHANT["secret_key"].encode(), "|".join(map(str, facts)).encode(), hashlib.sha256
    ).hexdigest()


@csrf_exempt
@require_POST
def notify(request):
    """The wallet tells of a paid bill; it may do so twice, and anybody can try to."""
    try:
        bill = json.loads(request.body)["bill"]
        signed = signature(bill)
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return HttpResponseBadRequest("no bill")
    if not hmac.compare_digest(signed, request.headers.get("X-Api-Signature-SHA256", "")):
        return HttpResponseForbidden("wrong signature")
    order = get_object_or_404(Order.objects.select_for_update(), number=bill["billId"])
    paid = (
        bill["status"]["value"] == "PAID"
        and Decimal(bill["amount"]["value"]) == order.total_incl_tax
    )
    if paid and "Paid" in order.available_statuses():
        source = order.sources.get()
        source.debit(order.total_incl_tax, reference=bill["billId"], status="PAID")
        order.set_status("Paid")
    return JsonResponse({"error": "0"})


@login_required
@require_POST
def cancel(request, number):
    """A buyer cancels an order that is not paid: its bill goes first."""
    order = get_object_or_404(Order, number=number, user=request.user)
    sdk().reject(number)
    order.set_status("Cancelled")
    return redirect("customer:order", number)


@login_required
def pay(request, number):
    """Back to the bill of an order, as often as the buyer likes."""
    order = get_object_or_404(Order, number=number, user=request.user)
    back = request.build_absolute_uri(reverse("customer:order", args=[number]))
    return redirect(pay_page(order.sources.get().reference, back))
