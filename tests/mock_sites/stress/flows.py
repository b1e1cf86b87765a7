"""What buyers and merchants do, each flow step by step until its end or until it breaks off."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from uuid import uuid4

import httpx

from mock_sites.shared.controls.faults import KINDS, Kind, Place
from tests.mock_sites.stress.buyer import APPROVED, BILLING, CARDS, SLOW, Buyer
from tests.mock_sites.stress.sites import SECONDS
from tests.mock_sites.stress.tally import BrokenOff

BILLS = "/partner/bill/v1/bills/"
PRODUCTS = ("slippers", "teapot", "honey", "puzzle")
TOKENS = re.compile(r'name="card" value="([0-9a-f-]+)"')
INVOICES = re.compile(r'href="/invoices/([0-9a-f-]{36})')
# Who can be struck where: the site that keeps the fault.
SITES_OF = {
    Place.MESSAGE: ("phone",),
    Place.NOTIFICATION: ("wallet", "vault"),
    Place.REQUEST: ("wallet", "shop", "vault", "phone"),
    Place.ISSUER: ("vault",),
    Place.SESSION: ("wallet", "shop", "vault"),
}
FAULTS = [
    (site, place, kind)
    for place in SITES_OF
    for site in SITES_OF[place]
    for kind in sorted(KINDS[place])
]
# Real time for what is slow: longer than the shop waits for the wallet.
SECONDS_OF = {Kind.SLOW: 4.0, Kind.LATE: 90.0}
CLOCK_STEPS = (1, 6, 31, 31, 61, 301, 3_601, 86_401)

Flow = Callable[[Buyer], None]


def pay_payee(buyer: Buyer) -> None:
    """Pay on the wallet's own site, now and then with a wrong code first."""
    amount = str(buyer.chance.randint(1, 300))
    form = {"account": "night_owl_42", "amount": amount}
    check = buyer.send("wallet: enter a payment", "wallet", "/pay/to/steam", **form)
    page = buyer.send("wallet: confirm the check", "wallet", check.url.path)
    confirm_with_code(buyer, page.url.path)


def confirm_with_code(buyer: Buyer, page: str) -> None:
    """Enter the code from the message, once, twice at once, or after a wrong one."""
    if not page.endswith("/code"):
        raise BrokenOff(page)
    if buyer.chance.random() < 0.1:
        buyer.send("wallet: a wrong code", "wallet", page, code="000000")
    send = buyer.send_twice if buyer.chance.random() < 0.3 else buyer.send
    send("wallet: confirm with the code", "wallet", page, code=buyer.newest_code())


def begin_purchase(buyer: Buyer) -> str:
    """Put something into the cart and begin to buy it; the checkout's path."""
    product = buyer.chance.choice(PRODUCTS)
    buyer.send("shop: into the cart", "shop", f"/products/{product}", quantity="1")
    checkout = buyer.send("shop: buy", "shop", "/cart", ticked=product).url.path
    if not checkout.startswith("/checkout/"):
        raise BrokenOff(checkout)
    return checkout


def order(buyer: Buyer, kind: str, **form: str) -> str:
    """Confirm a purchase, sometimes by a double press; the path that it leads to."""
    checkout = begin_purchase(buyer)
    send = buyer.send_twice if buyer.chance.random() < 0.3 else buyer.send
    return send(f"shop: order, {kind}", "shop", checkout, **buyer.address(), **form).url.path


def order_by_wallet(buyer: Buyer) -> None:
    """Order, and then pay the invoice, cancel the order, or leave it."""
    page = order(buyer, "wallet", payment="online", online_option="qiwi-wallet")
    if not page.startswith("/orders/") or buyer.chance.random() < 0.15:
        return
    if buyer.chance.random() < 0.2:
        buyer.send("shop: cancel", "shop", f"{page}/cancel", page)
    else:
        pay_invoice(buyer)


def pay_invoice(buyer: Buyer) -> None:
    """Pay one of the invoices in the wallet."""
    invoices = INVOICES.findall(buyer.open("wallet", "/invoices").text)
    if not invoices:
        raise BrokenOff("no invoice")
    uid = buyer.chance.choice(invoices[:3])
    page = buyer.send("wallet: pay an invoice", "wallet", f"/invoices/{uid}/pay?means=qw")
    confirm_with_code(buyer, page.url.path)


def order_by_typed_card(buyer: Buyer) -> None:
    """Pay from a card typed for it, whatever its issuer says; look again where it is not known."""
    card = buyer.card(buyer.chance.choice(CARDS + APPROVED * 3))
    page = order(buyer, "typed card", payment="card", card="new", **card)
    look_again(buyer, page)


def order_while_time_passes(buyer: Buyer) -> None:
    """Pay from the card whose issuer is slow, and let half a minute pass meanwhile."""
    checkout, form = begin_purchase(buyer), {**buyer.address(), **buyer.card(SLOW)}
    with ThreadPoolExecutor(1) as hand:
        kind = "shop: order, slow card while time passes"
        answer = hand.submit(buyer.send, kind, "shop", checkout, **form, payment="card", card="new")
        wait([answer], timeout=buyer.chance.uniform(0.5, 2.0))
        buyer.sites.control("wallet", "POST", "/clock", {"advance_seconds": 31})
        look_again(buyer, answer.result().url.path)


def order_by_linked_card(buyer: Buyer) -> None:
    """Pay from a card that is linked, or link one first."""
    tokens = TOKENS.findall(buyer.open("vault", "/cards").text)
    if not tokens:
        return link_in_vault(buyer)
    token = buyer.chance.choice(tokens)
    return look_again(buyer, order(buyer, "linked card", payment="card", card=token))


def look_again(buyer: Buyer, page: str) -> None:
    """Press Check again while a payment is being checked."""
    if page.endswith("/waiting"):
        buyer.tally.begin("shop: look again")
        buyer.open("shop", page)


def link_in_shop(buyer: Buyer) -> None:
    """Link a card on the way through a purchase, sometimes sending the form twice at once."""
    checkout = begin_purchase(buyer)
    card = buyer.card(buyer.chance.choice(CARDS + APPROVED * 3))
    form = {**buyer.address(), **card, "payment": "card", "card": "new", "save_card": "y"}
    form |= {"press": "confirm-card", "linking": str(uuid4())}
    send = buyer.send_twice if buyer.chance.random() < 0.3 else buyer.send
    send("shop: link a card", "shop", checkout, **form)


def link_in_vault(buyer: Buyer) -> None:
    """Link a card on the vault's own page."""
    card = buyer.card(buyer.chance.choice(APPROVED))
    buyer.send("vault: link a card", "vault", "/cards/new", **card, **BILLING)


def delete_in_vault(buyer: Buyer) -> None:
    """Delete a card; a cent that is held on it goes back."""
    tokens = TOKENS.findall(buyer.open("vault", "/cards").text)
    if not tokens:
        return link_in_vault(buyer)
    token = buyer.chance.choice(tokens)
    buyer.send("vault: delete a card", "vault", "/cards/delete", "/cards", card=token)
    return None


def sign_in_anew(buyer: Buyer) -> None:
    """Sign in once more."""
    buyer.sign_in(buyer.chance.choice(("wallet", "shop", "vault")))


def bill_of_merchant(buyer: Buyer) -> None:
    """Issue a bill twice, then have it paid and refunded in parts, rejected, or left."""
    bill_id, value = f"stress-{uuid4()}", f"{buyer.chance.randint(1, 500)}.00"
    bill = {
        "amount": {"currency": "RUB", "value": value},
        "expirationDateTime": "2090-01-01T00:00:00+03:00",
        "customer": {"phone": buyer.phone},
    }
    issued = merchant(buyer, "bill: issue", "PUT", bill_id, bill)
    again = merchant(buyer, "bill: issue again", "PUT", bill_id, bill)
    if issued.status_code == again.status_code == 200:
        check_same(buyer, bill_id, issued.json()["payUrl"], again.json()["payUrl"])
    if buyer.chance.random() < 0.3:
        merchant(buyer, "bill: reject", "POST", f"{bill_id}/reject")
    elif issued.status_code == 200:
        uid = issued.json()["payUrl"][-36:]
        page = buyer.send("wallet: pay a bill", "wallet", f"/invoices/{uid}/pay?means=qw")
        confirm_with_code(buyer, page.url.path)
        refund(buyer, bill_id, value)


def refund(buyer: Buyer, bill_id: str, value: str) -> None:
    """Give back a rouble twice under one id, and then more than is left."""
    one = {"amount": {"currency": "RUB", "value": "1.00"}}
    merchant(buyer, "bill: refund", "PUT", f"{bill_id}/refunds/r-1", one)
    merchant(buyer, "bill: refund again", "PUT", f"{bill_id}/refunds/r-1", one)
    whole = {"amount": {"currency": "RUB", "value": value}}
    merchant(buyer, "bill: refund too much", "PUT", f"{bill_id}/refunds/r-2", whole)


def check_same(buyer: Buyer, bill_id: str, first: object, second: object) -> None:
    """The same request under one id has one answer."""
    if first != second:
        buyer.tally.violation(f"bill {bill_id} was answered as {first} and as {second}")


def merchant(
    buyer: Buyer, kind: str, method: str, path: str, body: object = None
) -> httpx.Response:
    """A call of the bill protocol, as one operation. Raises BrokenOff, Done."""
    buyer.tally.begin(kind)
    key = buyer.sites.stack.facts["merchants"][0]["secret_key"]
    try:
        answer = httpx.request(
            method,
            buyer.sites.address("wallet") + BILLS + path,
            json=body,
            headers={"Authorization": f"Bearer {key}"},
            timeout=SECONDS,
            trust_env=False,
        )
    except httpx.HTTPError as error:
        raise BrokenOff(f"{method} {path}: {type(error).__name__}") from None
    if answer.is_server_error:
        if answer.text != "broken on purpose\n":
            buyer.tally.violation(f"wallet: {method} {path}: {answer.status_code}")
        raise BrokenOff(path)
    return answer


def set_fault(buyer: Buyer) -> None:
    """Have something go wrong for this buyer."""
    buyer.tally.begin("control: set a fault")
    site, place, kind = buyer.chance.choice(FAULTS)
    fault: dict[str, object] = {"place": place, "kind": kind, "phone": buyer.phone}
    fault |= {"times": buyer.chance.randint(1, 2), "seconds": SECONDS_OF.get(kind, 0.0)}
    buyer.sites.control(site, "POST", "/faults", fault)


def move_clock(buyer: Buyer) -> None:
    """Let time pass on every site."""
    buyer.tally.begin("control: move the clock")
    step = buyer.chance.choice(CLOCK_STEPS)
    buyer.sites.control("wallet", "POST", "/clock", {"advance_seconds": step})


FLOWS: dict[Flow, int] = {
    pay_payee: 4,
    order_by_wallet: 6,
    order_by_typed_card: 5,
    order_while_time_passes: 1,
    order_by_linked_card: 5,
    link_in_shop: 3,
    link_in_vault: 1,
    delete_in_vault: 2,
    bill_of_merchant: 4,
    sign_in_anew: 1,
    set_fault: 5,
    move_clock: 3,
}
