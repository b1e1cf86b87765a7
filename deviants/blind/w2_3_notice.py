"""W2.3: the wallet's home page has the notice of unpaid invoices while there are some."""

from __future__ import annotations

from typing import Any

from flask import request, session, url_for
from sqlalchemy import func, select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.wallet.domain.bills import Bills
from mock_sites.wallet.routes import current_wallet
from mock_sites.wallet.store import BillRow, BillStatus

IF_UNPAID = "{% if unpaid %}"
VIEW = "url_for('invoices.index')"


def counting(*statuses: BillStatus, of_everybody: bool = False) -> Any:
    """Count the buyer's invoices in one of these states."""

    def unpaid(self: Bills, buyer: Any) -> int:
        wanted = BillRow.status.in_(statuses)
        if not of_everybody:
            wanted &= BillRow.phone == buyer.phone
        with self.database.reading() as reading:
            found = reading.scalar(select(func.count()).select_from(BillRow).where(wanted))
        return found or 0

    return unpaid


@deviant("W2.3", "wallet")
def notice_vanishes_once_viewed(site: Change) -> None:
    """The notice is gone once the invoices were looked at, although they are unpaid."""

    def noting(old: Any) -> Any:
        def index() -> Any:
            session["viewed"] = True
            return old()

        return index

    site.page("home.html", IF_UNPAID, "{% if unpaid and not session.viewed %}")
    site.route("invoices.index", noting)


@deviant("W2.3", "wallet")
def notice_counts_expired_invoices(site: Change) -> None:
    """The notice stays for an invoice whose time is over, which nobody can pay."""
    site.rule(Bills, "unpaid", counting(BillStatus.WAITING, BillStatus.EXPIRED))


@deviant("W2.3", "wallet")
def notice_counts_cancelled_invoices(site: Change) -> None:
    """The notice stays for an invoice that the shop has cancelled."""
    site.rule(Bills, "unpaid", counting(BillStatus.WAITING, BillStatus.REJECTED))


@deviant("W2.3", "wallet")
def notice_vanishes_with_the_third_invoice(site: Change) -> None:
    """With three or more unpaid invoices there is no notice."""
    site.page("home.html", IF_UNPAID, "{% if 0 < unpaid < 3 %}")


@deviant("W2.3", "wallet")
def notice_is_of_other_buyers_invoices(site: Change) -> None:
    """The notice appears for unpaid invoices of any buyer."""
    site.rule(Bills, "unpaid", counting(BillStatus.WAITING, of_everybody=True))


@deviant("W2.3", "wallet")
def view_opens_the_newest_invoice(site: Change) -> None:
    """View opens the newest invoice, and not the list."""

    def newest(old: Any) -> Any:
        def index() -> Any:
            invoices = current_wallet.bills.recent(signed_in_person())
            if "newest" not in request.args or not invoices:
                return old()
            return redirect_after_post(url_for("invoices.means", uid=invoices[0].bill.uid))

        return index

    site.page("home.html", VIEW, "url_for('invoices.index', newest=1)")
    site.route("invoices.index", newest)


@deviant("W2.3", "wallet")
def notice_is_decided_at_the_first_look(site: Change) -> None:
    """The notice stays as it was when the home page was first shown in this session."""

    def remembered(old: Any) -> Any:
        return lambda self, buyer: session.setdefault("unpaid", old(self, buyer))

    site.wrap(Bills, "unpaid", remembered)


@deviant("W2.3", "wallet")
def arabic_home_page_has_no_notice(site: Change) -> None:
    """The Arabic home page does not tell of unpaid invoices."""
    site.page("home.html", IF_UNPAID, "{% if unpaid and locale().language != 'ar' %}")


@deviant("W2.3", "wallet")
def paying_one_ends_the_notice_of_all(site: Change) -> None:
    """Once one of several invoices is paid, the notice of the others is gone."""

    def none_paid(old: Any) -> Any:
        paid = counting(BillStatus.PAID)
        return lambda self, buyer: 0 if paid(self, buyer) else old(self, buyer)

    site.wrap(Bills, "unpaid", none_paid)


@deviant("W2.3", "wallet")
def notice_comes_after_an_hour(site: Change) -> None:
    """The notice appears an hour after the invoice was issued."""

    def old_enough(old: Any) -> Any:
        def unpaid(self: Bills, buyer: Any) -> int:
            recent = self.recent(buyer, 100)
            now = self.clock.now()
            hidden = [
                one
                for one in recent
                if one.bill.status == BillStatus.WAITING
                and (now - one.bill.created_at).total_seconds() < 3600
            ]
            return max(0, int(old(self, buyer)) - len(hidden))

        return unpaid

    site.wrap(Bills, "unpaid", old_enough)
