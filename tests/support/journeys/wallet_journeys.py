"""The ways of W1 and W2: paying on the wallet's own site, and a shop's invoices."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from tests.support.journeys.journey import DAY, LATER, Journey
from tests.support.visitor import Visitor

FINE = "1" * 20
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ADDRESS = {
    "recipient": "Anna Petrova",
    "phone": "+79160000001",
    "city": "Tula",
    "street": "Lenina 1",
    "postal_code": "300000",
}
WALLET = {"payment": "online", "online_option": "qiwi-wallet"}


def other(code: str, place: int) -> str:
    """The code with another digit at a place."""
    digits = list(code)
    digits[place] = str((int(digits[place]) + 5) % 10)
    return "".join(digits)


def choose(way: Journey) -> None:
    """W1.1 to W1.3: the categories, the list, the tiles, in every language and again."""
    buyer = way.stack.visitor("wallet")
    way.see(buyer, "/pay")
    demo = way.stack.stack.keys.people[0]
    way.note(buyer.send("/sign-in?next=/pay", phone=demo.phone, password=demo.password))
    for language in ("en", "ru", "ar", "en"):
        way.see(buyer, f"/pay?language={language}", "/pay/entertainment", "/invoices", "/")
    for category in ("fines", "utilities", "mobile", "small-purchases", "entertainment"):
        way.see(buyer, f"/pay/{category}", "/pay")
    for payee in ("steam", "tank-arena", "traffic-fines"):
        way.see(buyer, f"/logos/{payee}.svg", f"/pay/to/{payee}")
    way.send(buyer, "/pay/to/traffic-fines", account=FINE, amount="100")
    way.see(buyer, "/shared/live.js")


def enter(way: Journey) -> None:
    """W1.4 and W1.5: what is entered, in all its writings, and changed, and checked."""
    buyer, form = way.visitor("wallet"), "/pay/to/steam"
    entries = [
        ("Anna_Plays_Every_Night", "150.50"),
        ("Anna_Plays_Every_Night", "1 250,75"),
        ("Boris_1", "1 250,75"),
        ("   ", "100"),
        ("Boris_1", ""),
        ("Boris_1", "١٥٠"),
        ("Boris_1", "15,50"),
        ("Boris_1", "1500"),
    ]
    pages = [way.send(buyer, form, account=account, amount=amount) for account, amount in entries]
    way.wait(1)
    for page in pages:
        way.see(buyer, page)
    way.see(buyer, f"{pages[0]}?language=ar", f"{pages[0]}?language=en")
    way.books()
    confirm(way, buyer, pages[1])
    way.send(buyer, form, account="Anna_Plays_Every_Night", amount="1 250,75")
    way.see(buyer, "/history", "/pay/entertainment")


def confirm(way: Journey, buyer: Visitor, check: str) -> str:
    """Press Confirm, and enter the right code; the page that follows."""
    page = way.send(buyer, check)
    return way.send(buyer, page, code=way.code()) if page.endswith("/code") else page


def codes(way: Journey) -> None:
    """W1.6: wrong, late, other and repeated codes; what is paid, and how often."""
    buyer, form = way.visitor("wallet"), "/pay/to/steam"
    first, second, third = (
        way.send(buyer, form, account=f"Anna_{n}", amount="150.50") for n in range(3)
    )
    way.wait(1)
    page = way.send(buyer, first)
    code = way.code()
    for wrong in (other(code, 5), other(code, 0), "  ", other(code, 2)):
        way.send(buyer, page, code=wrong)
    way.wait(LATER)
    way.send(buyer, page.replace("/code", "/new-code"), page=page)
    for place in (1, 2, 3):
        way.send(buyer, page, code=other(way.code(), place))
    way.wait(LATER)
    page = way.send(buyer, second)
    late = way.code()
    way.wait(LATER)
    page_of_third = way.send(buyer, third)
    way.send(buyer, page_of_third, code=late)
    way.wait(6 * LATER)
    way.send(buyer, page, code=late)
    way.wait(LATER)
    way.send(buyer, page.replace("/code", "/new-code"), page=page)
    way.send(buyer, page, code=way.code().translate(ARABIC))
    token = {"csrf_token": token_of(buyer, form)}
    way.note(buyer.post(page, {**token, "code": way.code()}))
    way.see(buyer, page_of_third, "/history")
    way.books()


def token_of(visitor: Visitor, page: str) -> str:
    """The key of a page's form."""
    return visitor.open(page).text.partition('name="csrf_token" value="')[2].partition('"')[0]


def begin(way: Journey, shopper: Visitor, goods: dict[str, int]) -> str:
    """Put products into the cart and begin to buy them; the checkout's path."""
    for slug, pieces in goods.items():
        way.send(shopper, f"/products/{slug}", quantity=pieces)
    return way.send(shopper, "/cart", ticked=list(goods))


def order(way: Journey, shopper: Visitor, goods: dict[str, int], **form: str) -> str:
    """Order products, with the wallet unless the form says otherwise; the order's path."""
    checkout = begin(way, shopper, goods)
    if not checkout.startswith("/checkout/"):
        return "/orders"
    return way.send(shopper, checkout, **{**ADDRESS, **WALLET, **form})


def issue(way: Journey, bill_id: str, phone: str, amount: str, **more: Any) -> Any:
    """A merchant's call: issue a bill."""
    body = {
        "amount": {"currency": "RUB", "value": amount},
        "expirationDateTime": (way.stack.clock.now()).replace(year=2090).isoformat(),
        "customer": {"phone": phone},
        **more,
    }
    return call(way, "PUT", bill_id, body)


def call(way: Journey, method: str, path: str, body: Any = None) -> Any:
    """What the wallet answers to a merchant."""
    client = way.stack.sites["wallet"].app.test_client()
    key = way.stack.stack.keys.merchant.secret_key
    headers = {"Authorization": f"Bearer {key}"}
    answer = client.open(
        f"/partner/bill/v1/bills/{path}", method=method, json=body, headers=headers
    )
    way.note(answer)
    return answer.json


def pay(way: Journey, buyer: Visitor, link: str) -> str:
    """Pay an invoice from its link in the list; the page after the code."""
    way.see(buyer, link)
    page = way.send(buyer, f"{link}/pay?means=qw")
    return way.send(buyer, page, code=way.code()) if page.endswith("/code") else page


def links(way: Journey, buyer: Visitor) -> list[str]:
    """The links of Pay in the list of invoices, from above."""
    html = way.see(buyer, "/invoices")
    return [part.partition('"')[0] for part in html.split('button small" href="')[1:]]


def checkout_with_wallet(way: Journey) -> None:
    """W2.1 and W2.2: orders of several products and pieces, equal, cancelled and repeated ones."""
    shopper, wallet = way.visitor("shop"), way.visitor("wallet")
    stranger = way.visitor("shop", 1)
    way.see(shopper, begin(way, shopper, {"teapot": 1, "honey": 3}))
    checkout = way.send(shopper, "/cart", ticked=["teapot", "honey"])
    for language in ("ru", "ar", "en"):
        way.see(shopper, f"{checkout}?language={language}")
    way.send(shopper, checkout, **{**ADDRESS, **WALLET, "city": ""})
    done = way.send(shopper, checkout, **ADDRESS, **WALLET)
    token = {"csrf_token": token_of(shopper, done)}
    way.note(shopper.post(checkout, {**token, **ADDRESS, **WALLET}))
    way.see(shopper, done, "/orders")
    way.wait(1)
    for _ in range(2):
        way.see(shopper, order(way, shopper, {"lamp": 1}))
        way.wait(1)
    way.see(shopper, order(way, shopper, {"samovar": 1, "puzzle": 1}), "/orders")
    order(way, stranger, {"puzzle": 2}, phone="+79160000002")
    links(way, wallet)
    links(way, way.visitor("wallet", 1))
    way.send(shopper, f"{done}/cancel", page=done)
    links(way, wallet)
    way.see(shopper, order(way, shopper, {"puzzle": 1}, payment="cash"))
    link_card(way, shopper)
    begin(way, shopper, {"honey": 1})


def link_card(way: Journey, shopper: Visitor, number: str = "4111111111111111") -> str:
    """Link a card in a checkout; the page after Confirm."""
    checkout = begin(way, shopper, {"slippers": 1})
    card = {
        "card_number": number,
        "card_holder": "ANNA PETROVA",
        "expiry": "11/33",
        "security_code": "1234" if number.startswith("37") else "123",
    }
    form = {**ADDRESS, **card, "payment": "card", "card": "new", "save_card": "y"}
    return way.send(shopper, checkout, press="confirm-card", **form)


def invoices(way: Journey) -> None:
    """W2.3 to W2.5: the notice, a full list, how to pay; two buyers."""
    wallet, other_buyer = way.visitor("wallet"), way.visitor("wallet", 1)
    phone, another = way.phone_of(), way.phone_of(1)
    way.see(wallet, "/", "/invoices")
    for n in range(23):
        issue(way, f"bill-{n}", phone, f"{100 + n % 5}.50", comment=f"Goods {n}")
        way.wait(1)
        if n in (0, 2):
            way.see(wallet, "/")
    issue(way, "another", another, "77.00", customFields={"paySourcesFilter": "qw"})
    way.see(wallet, "/?language=ar", "/?language=en", "/invoices", "/")
    way.see(other_buyer, "/", "/invoices", "/")
    shown = links(way, wallet)
    for link in shown[1:3]:
        way.see(wallet, link, f"{link}/pay?means=card", f"{link}/pay?means=qw", link)
    for link in links(way, other_buyer):
        way.see(other_buyer, link, f"/form/?invoice_uid={link.rpartition('/')[2]}")
    way.see(wallet, f"/form/?invoice_uid={shown[2].rpartition('/')[2]}")
    pay(way, wallet, shown[3])
    way.see(wallet, "/", "/invoices", "/history")
    call(way, "POST", "bill-1/reject")
    call(way, "POST", "another/reject")
    way.see(other_buyer, "/")
    soon = way.stack.clock.now().timestamp() + 60
    moment = way.stack.clock.now().fromtimestamp(soon, way.stack.clock.now().tzinfo)
    # Invoices of one moment stand in no order.
    way.wait(1)
    issue(way, "short", another, "5.00", expirationDateTime=moment.isoformat())
    way.see(other_buyer, "/")
    way.wait(2 * LATER)
    way.see(other_buyer, "/", "/invoices", "/?x=1")
    way.see(wallet, "/")


def paid(way: Journey) -> None:
    """W2.6: of several orders one is paid, then the next; refunds, the way back, cancelling."""
    shopper, wallet = way.visitor("shop"), way.visitor("wallet")
    made, html = [], ""
    for slug in ("lamp", "teapot", "honey"):
        made.append(order(way, shopper, {slug: 2}))
        way.wait(1)
    for done in made:
        html = way.see(shopper, done)
        uid = html.partition("invoice_uid=")[2][:36]
        way.see(wallet, f"/form/?invoice_uid={uid}")
    back = html.partition("successUrl=")[2].partition('"')[0]
    shown = links(way, wallet)
    pay(way, wallet, shown[1])
    for done in made:
        way.see(shopper, done)
    way.books()
    way.wait(LATER)
    pay(way, wallet, links(way, wallet)[-1])
    way.see(shopper, *made, "/orders")
    way.see(wallet, "/history", "/")
    way.see(shopper, "/orders/" + unquote(unquote(back)).rpartition("/")[2])
    way.see(shopper, "/orders")
    for done in made[:2]:
        way.send(shopper, f"{done}/cancel", page="/cart")
        bill = done.rpartition("/")[2]
        for refund, amount in (("r1", "100.00"), ("r1", "100.00"), ("r2", "99999.00")):
            body = {"amount": {"currency": "RUB", "value": amount}}
            call(way, "PUT", f"{bill}/refunds/{refund}", body)
    way.see(wallet, "/history", "/")
    way.see(shopper, *made)
    signed_out = way.stack.visitor("shop")
    signed_out.open("/sign-in")
    way.sign_in(signed_out)
    way.write(str(way.stack.sites["shop"].app.config["SESSION_COOKIE_SAMESITE"]))
    way.wait(DAY)
    way.see(wallet, "/")
