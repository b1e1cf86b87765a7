"""Short ways through the wallet to where an unseen deviant goes wrong (W1, W2)."""

from __future__ import annotations

from tests.support.journeys.journey import LATER, Journey
from tests.support.journeys.wallet_journeys import (
    begin,
    call,
    confirm,
    issue,
    links,
    order,
    other,
    pay,
)


def wallet_pages(way: Journey) -> None:
    """W1: payments left, debts, what was paid before, two payments at once, a used code."""
    buyer = way.visitor("wallet")
    phone = way.stack.visitor("wallet")
    phone.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Mobile/15E148"
    way.sign_in(phone)
    way.see(phone, "/pay/entertainment")
    confirm(way, buyer, way.send(buyer, "/pay/to/circle", account="1234", amount="100"))
    way.see(buyer, "/pay/entertainment", "/pay")
    way.send(buyer, "/pay/to/circle", account="1234", amount="")
    way.send(buyer, "/pay/to/north-mobile", account="", amount="100")
    way.wait(LATER)
    way.send(buyer, "/pay/to/circle", account="001234", amount="200")
    way.see(buyer, "/pay")


def debts(way: Journey) -> None:
    """W1.1: Pay in the menu, for a buyer with an unpaid invoice."""
    issue(way, "one", way.phone_of(), "100.00")
    way.see(way.visitor("wallet"), "/", "/pay")


def used_code(way: Journey) -> None:
    """W1.6: an equal payment, and the code of the one before."""
    buyer = way.visitor("wallet")
    check = way.send(buyer, "/pay/to/circle", account="1234", amount="100")
    page = way.send(buyer, check)
    code = way.code()
    way.send(buyer, page, code=code)
    way.wait(LATER)
    check = way.send(buyer, "/pay/to/circle", account="1234", amount="100")
    way.send(buyer, way.send(buyer, check), code=code)


def two_messages(way: Journey) -> None:
    """W1.6: the messages of two payments."""
    buyer = way.visitor("wallet")
    for amount in ("100", "200"):
        way.send(buyer, way.send(buyer, "/pay/to/circle", account="1234", amount=amount))
        way.see(way.stack.visitor("phone"), f"/{way.phone_of()}")


def orders(way: Journey) -> None:
    """W2: a large order, one cancelled and placed again, two of the same total."""
    shopper, wallet = way.visitor("shop"), way.visitor("wallet")
    way.see(shopper, begin(way, shopper, {"samovar": 2}))
    for _ in range(2):
        order(way, shopper, {"lamp": 1})
        way.wait(1)
        pay(way, wallet, links(way, wallet)[0])
        way.see(shopper, "/orders")


def again(way: Journey) -> None:
    """W2.2: an order cancelled and placed again."""
    shopper = way.visitor("shop")
    done = order(way, shopper, {"lamp": 1})
    way.send(shopper, f"{done}/cancel", page=done)
    way.see(shopper, order(way, shopper, {"lamp": 1}))


def bills(way: Journey) -> None:
    """W2.3: an invoice in tenge, and one whose payment was begun."""
    wallet, other_buyer = way.visitor("wallet"), way.visitor("wallet", 1)
    way.send(other_buyer, "/pay/to/circle", account="1234", amount="100")
    body = {
        "amount": {"currency": "KZT", "value": "100.00"},
        "expirationDateTime": way.stack.clock.now().replace(year=2090).isoformat(),
        "customer": {"phone": way.phone_of(1)},
    }
    call(way, "PUT", "tenge", body)
    way.see(other_buyer, "/")
    issue(way, "one", way.phone_of(), "100.00")
    way.send(wallet, f"{links(way, wallet)[0]}/pay?means=qw")
    way.see(wallet, "/")


def begun_bill(way: Journey) -> None:
    """W2.5: an invoice whose payment was begun."""
    wallet = way.visitor("wallet")
    issue(way, "one", way.phone_of(), "100.00")
    link = links(way, wallet)[0]
    way.send(wallet, f"{link}/pay?means=qw")
    way.see(wallet, link)


def ended_bill(way: Journey) -> None:
    """W2.4: an invoice whose payment was ended."""
    wallet = way.visitor("wallet")
    issue(way, "one", way.phone_of(), "100.00")
    page = way.send(wallet, f"{links(way, wallet)[0]}/pay?means=qw")
    code = way.code()
    for place in range(5):
        way.send(wallet, page, code=other(code, place))
    way.see(wallet, "/", "/invoices")
