"""W1.1: Pay in the menu shows the page of payable categories."""

from __future__ import annotations

from typing import Any

from flask import request, session, url_for

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web import sign_in
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.wallet.domain.catalogue import Payee

EVERY_CATEGORY = "{% for category in categories %}"
ITS_LINK = "url_for('pay.category', slug=category.slug)"


@deviant("W1.1", "wallet")
def last_category_is_left_out(site: Change) -> None:
    """The page of categories leaves out the last one, the small purchases."""
    site.page("categories.html", EVERY_CATEGORY, "{% for category in categories[:-1] %}")


@deviant("W1.1", "wallet")
def category_tile_opens_its_neighbour(site: Change) -> None:
    """The tile of the utilities opens the fines."""
    fines = "'fines' if category.slug == 'utilities' else category.slug"
    site.page("categories.html", ITS_LINK, f"url_for('pay.category', slug=({fines}))")


@deviant("W1.1", "wallet")
def category_without_payees(site: Change) -> None:
    """The category of the mobile operators lists nobody who can be paid."""
    some = "{% for payee in payees if category.slug != 'mobile' %}"
    site.page("category.html", "{% for payee in payees %}", some)


@deviant("W1.1", "wallet")
def fines_cannot_be_paid(site: Change) -> None:
    """No number of a fine is ever accepted, so a whole category leads to nothing payable."""

    def without_fines(old: Any) -> Any:
        def parse(self: Payee, text: str) -> str:
            if self.account_label.startswith("Number of"):
                raise Refusal("account.wrong-shape", "account", hint=self.account_hint)
            return str(old(self, text))

        return parse

    site.wrap(Payee, "parse_account", without_fines)


@deviant("W1.1", "wallet")
def pay_opens_the_category_of_last_time(site: Change) -> None:
    """The second time, Pay opens the category visited last, and the others cannot be chosen."""

    def noting(old: Any) -> Any:
        def category(slug: str) -> Any:
            session["category"] = slug
            return old(slug)

        return category

    def going_on(old: Any) -> Any:
        def index() -> Any:
            last = session.get("category")
            return redirect_after_post(url_for("pay.category", slug=last)) if last else old()

        return index

    site.route("pay.category", noting)
    site.route("pay.index", going_on)


@deviant("W1.1", "wallet")
def pay_is_missing_among_the_invoices(site: Change) -> None:
    """On the page of the invoices the menu has no Pay."""
    end = '("home.history", _("History"))] %}'
    hidden = '(endpoint == "pay.index" and request.endpoint == "invoices.index")'
    site.page("wallet_layout.html", end, f"{end[:-3]} if not {hidden} %}}")


@deviant("W1.1", "wallet")
def signing_in_forgets_that_pay_was_asked_for(site: Change) -> None:
    """A buyer who has to sign in on the way to Pay is left on the home page."""
    site.wrap(
        sign_in,
        "safe_redirect_path",
        lambda old: lambda address: None if address == "/pay" else old(address),
    )


@deviant("W1.1", "wallet")
def arabic_page_drops_the_fines(site: Change) -> None:
    """On the Arabic page the category of the fines is missing."""
    shown = "{% for category in categories if locale().language != 'ar' or loop_is_fine %}"
    only = shown.replace("loop_is_fine", "category.slug != 'fines'")
    site.page("categories.html", EVERY_CATEGORY, only)


@deviant("W1.1", "wallet")
def home_page_loses_pay_once_it_was_opened(site: Change) -> None:
    """Once Pay was opened in this browser, the home page's menu has it no more."""

    def noting(old: Any) -> Any:
        def index() -> Any:
            session["opened_pay"] = request.path
            return old()

        return index

    end = '("home.history", _("History"))] %}'
    hidden = '(endpoint == "pay.index" and session.opened_pay and request.endpoint == "home.index")'
    site.page("wallet_layout.html", end, f"{end[:-3]} if not {hidden} %}}")
    site.route("pay.index", noting)
