"""W2.5: before anything else the wallet asks how to pay, and offers Visa QIWI Wallet."""

from __future__ import annotations

from typing import Any

from flask import request, session, url_for
from flask_babel import get_locale, lazy_gettext

import mock_sites.wallet as wallet_site
from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.wallet.domain import bills
from mock_sites.wallet.routes import current_wallet, invoices
from mock_sites.wallet.store import BillStatus
from mock_sites.wallet.wording import PAYMENT_METHODS


def to_payment(uid: str) -> Any:
    """The page that pays an invoice from the wallet, as if that had been chosen."""
    leave_to = request.args.get("successUrl")
    return redirect_after_post(url_for("invoices.pay", uid=uid, means="qw", successUrl=leave_to))


def is_waiting(uid: str) -> bool:
    """Whether an invoice of the buyer can be paid."""
    found = current_wallet.bills.invoice(signed_in_person(), uid)
    return bool(found.bill.status == BillStatus.WAITING)


@deviant("W2.5", "wallet")
def choice_is_asked_for_only_once(site: Change) -> None:
    """Who has chosen the wallet once is not asked how to pay the next invoice."""

    def noting(old: Any) -> Any:
        def pay(uid: str) -> Any:
            session["means"] = request.args.get("means")
            return old(uid)

        return pay

    def skipping(old: Any) -> Any:
        def means(uid: str) -> Any:
            known = session.get("means") == "qw" and is_waiting(uid)
            return to_payment(uid) if known else old(uid)

        return means

    site.route("invoices.pay", noting)
    site.route("invoices.means", skipping)


@deviant("W2.5", "wallet")
def bank_card_pays_from_the_wallet(site: Change) -> None:
    """Choosing the bank card pays from the balance of the wallet."""
    both = ("qw", "card")
    site.rule(bills, "ENABLED_PAYMENT_METHODS", both)
    site.rule(invoices, "ENABLED_PAYMENT_METHODS", both)


@deviant("W2.5", "wallet")
def choice_is_skipped_with_several_invoices(site: Change) -> None:
    """With several unpaid invoices nobody is asked how to pay one of them."""

    def skipping(old: Any) -> Any:
        def means(uid: str) -> Any:
            several = current_wallet.bills.unpaid(signed_in_person()) > 1
            return to_payment(uid) if several and is_waiting(uid) else old(uid)

        return means

    site.route("invoices.means", skipping)


@deviant("W2.5", "wallet")
def wallet_is_offered_by_the_shops_name_for_it(site: Change) -> None:
    """The means of payment is called QIWI Wallet, and not Visa QIWI Wallet."""
    names = {**PAYMENT_METHODS, "qw": lazy_gettext("QIWI Wallet")}
    site.rule(wallet_site, "PAYMENT_METHODS", names)


@deviant("W2.5", "wallet")
def link_of_the_shop_skips_the_choice(site: Change) -> None:
    """Who comes by the shop's link is not asked how to pay."""

    def skipping(old: Any) -> Any:
        return lambda: to_payment(request.args.get("invoice_uid", "-"))

    site.route("bill_form.form", skipping)


@deviant("W2.5", "wallet")
def going_back_does_not_change_the_choice(site: Change) -> None:
    """Who goes back to choose another means of payment is not asked again."""

    def noting(old: Any) -> Any:
        def pay(uid: str) -> Any:
            session["chosen_for"] = uid
            return old(uid)

        return pay

    def skipping(old: Any) -> Any:
        def means(uid: str) -> Any:
            known = session.get("chosen_for") == uid and is_waiting(uid)
            return to_payment(uid) if known else old(uid)

        return means

    site.route("invoices.pay", noting)
    site.route("invoices.means", skipping)


@deviant("W2.5", "wallet")
def choice_shows_another_amount(site: Change) -> None:
    """The page that asks how to pay shows the amount of the newest invoice."""

    def newest(old: Any) -> Any:
        def means(uid: str) -> Any:
            buyer, locale = signed_in_person(), str(get_locale())
            own = current_wallet.bills.invoice(buyer, uid).bill.money.words(locale)
            page, recent = str(old(uid)), current_wallet.bills.recent(buyer)
            return page.replace(own, recent[0].bill.money.words(locale)) if recent else page

        return means

    site.route("invoices.means", newest)
