"""W2.4: the shop's invoice stands in the list of recent ones, with Pay beside it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.wallet.domain.bills import Bills, Invoice
from mock_sites.wallet.domain.given_back import GivenBack
from mock_sites.wallet.store import BillRow, BillStatus, MerchantRow

PAGE = "invoices.html"
A_PAGE_FULL, EVERY_ONE = 20, 1000
ITS_UID = "url_for('invoices.means', uid=invoice.bill.uid)"
IF_WAITING = '<td>{% if invoice.bill.status == "WAITING" %}'
AMOUNT = '<td class="amount"><bdi>{{ invoice.bill.money | money }}'


@deviant("W2.4", "wallet")
def oldest_invoices_are_listed(site: Change) -> None:
    """The list ends with the twenty oldest invoices: the newest is not among them."""

    def oldest(old: Any) -> Any:
        return lambda self, buyer, limit=A_PAGE_FULL: old(self, buyer, EVERY_ONE)[-limit:]

    site.wrap(Bills, "recent", oldest)


@deviant("W2.4", "wallet")
def pay_beside_any_row_opens_the_first(site: Change) -> None:
    """Pay beside any invoice opens the first one of the list."""
    site.page(PAGE, ITS_UID, "url_for('invoices.means', uid=invoices[0].bill.uid)")


@deviant("W2.4", "wallet")
def pay_beside_a_row_opens_the_row_above(site: Change) -> None:
    """Pay beside an invoice opens the one in the row above."""
    above = "(loop.previtem or invoice).bill.uid"
    site.page(PAGE, ITS_UID, f"url_for('invoices.means', uid={above})")


@deviant("W2.4", "wallet")
def equal_invoices_are_listed_once(site: Change) -> None:
    """Of several invoices of one shop with the same amount one is listed."""

    def each_once(old: Any) -> Any:
        def recent(self: Bills, buyer: Any, limit: int = A_PAGE_FULL) -> list[Invoice]:
            invoices = old(self, buyer, limit)
            by_amount = {(one.shop, one.bill.money): one for one in reversed(invoices)}
            return [one for one in invoices if one in by_amount.values()]

        return recent

    site.wrap(Bills, "recent", each_once)


@deviant("W2.4", "wallet")
def list_has_other_buyers_invoices(site: Change) -> None:
    """The list has the unpaid invoices of other buyers too."""

    def everybodys(old: Any) -> Any:
        def recent(self: Bills, buyer: Any, limit: int = A_PAGE_FULL) -> list[Invoice]:
            others = select(BillRow, MerchantRow.name).join(MerchantRow)
            others = others.where(
                BillRow.phone != buyer.phone, BillRow.status == BillStatus.WAITING
            )
            with self.database.reading() as session:
                rows = session.execute(others.limit(limit)).all()
            found = [Invoice(bill, name, GivenBack(bill.money)) for bill, name in rows]
            return [*old(self, buyer, limit), *found]

        return recent

    site.wrap(Bills, "recent", everybodys)


@deviant("W2.4", "wallet")
def row_has_the_amount_of_the_next(site: Change) -> None:
    """Each invoice is listed with the amount of the one below it."""
    site.page(PAGE, AMOUNT, AMOUNT.replace("invoice.bill", "(loop.nextitem or invoice).bill"))


@deviant("W2.4", "wallet")
def pay_stands_beside_the_newest_only(site: Change) -> None:
    """Only the newest invoice of the list has Pay beside it."""
    site.page(PAGE, IF_WAITING, IF_WAITING.replace(" %}", " and loop.first %}"))


@deviant("W2.4", "wallet")
def list_misses_the_newest_invoice(site: Change) -> None:
    """With several invoices the newest one is not listed yet."""

    def without_newest(old: Any) -> Any:
        def recent(self: Bills, buyer: Any, limit: int = A_PAGE_FULL) -> list[Invoice]:
            invoices: list[Invoice] = old(self, buyer, limit)
            return invoices[1:] if len(invoices) > 1 else invoices

        return recent

    site.wrap(Bills, "recent", without_newest)


@deviant("W2.4", "wallet")
def invoice_that_was_begun_has_no_pay(site: Change) -> None:
    """An invoice whose payment was begun and left has no Pay in the list any more."""

    def noting(old: Any) -> Any:
        def means(uid: str) -> Any:
            begun.add(uid)
            return old(uid)

        return means

    def listing(old: Any) -> Any:
        def index() -> Any:
            page = str(old())
            for uid in begun:
                page = page.replace(f'href="/invoices/{uid}"', "hidden")
            return page

        return index

    begun: set[str] = set()
    site.route("invoices.means", noting)
    site.route("invoices.index", listing)


@deviant("W2.4", "wallet")
def expired_invoice_still_has_pay(site: Change) -> None:
    """An invoice whose time is over still has Pay beside it."""
    either = '<td>{% if invoice.bill.status in ("WAITING", "EXPIRED") %}'
    site.page(PAGE, IF_WAITING, either)
