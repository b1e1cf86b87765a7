"""W1, a second time: paying on the wallet's own site."""

from __future__ import annotations

from typing import Any

from flask import session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.wallet.domain.catalogue import Payee
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.store import PaymentStatus

MENU_PAY = '("pay.index", _("Pay")), '
TILES = "{% for payee in payees %}"
SMALL_MINOR = 10000


@deviant("W1.1", "wallet")
def menu_calls_pay_history(site: Change) -> None:
    """The menu entry that leads to the categories is called History, like the one after it."""
    site.page("wallet_layout.html", MENU_PAY, '("pay.index", _("History")), ')


@deviant("W1.1", "wallet")
def menu_loses_pay_on_a_receipt(site: Change) -> None:
    """On the receipt of a payment the menu has no Pay."""
    item = '<li><a href="{{ url_for(endpoint) }}"'
    hidden = '{% if request.endpoint != "payments.receipt" or endpoint != "pay.index" %}'
    site.page("wallet_layout.html", item, hidden + item)
    site.page("wallet_layout.html", "{{ caption }}</a></li>", "{{ caption }}</a></li>{% endif %}")


@deviant("W1.2", "wallet")
def second_group_of_a_category_is_left_out(site: Change) -> None:
    """Of a category with several groups only the first is listed, so no social networks."""
    items = "in category.groups.items() %}"
    site.page("category.html", items, "in (category.groups.items() | list)[:1] %}")


@deviant("W1.2", "wallet")
def last_tile_goes_on_the_second_visit(site: Change) -> None:
    """Opened a second time, a category lists each group without its last tile."""

    def counting(old: Any) -> Any:
        def category(slug: str) -> Any:
            session["category_visits"] = session.get("category_visits", 0) + 1
            return old(slug=slug)

        return category

    site.route("pay.category", counting)
    fewer = "{% for payee in (payees[:-1] if session.category_visits > 1 else payees) %}"
    site.page("category.html", TILES, fewer)


@deviant("W1.3", "wallet")
def tiles_have_captions_without_logos(site: Change) -> None:
    """The tiles of a category carry a caption and no logo."""
    logo = """<img src="{{ url_for('pay.logo', slug=payee.slug) }}" alt="">"""
    site.page("category.html", logo)


@deviant("W1.3", "wallet")
def second_tile_opens_the_form_of_the_first(site: Change) -> None:
    """Whichever tile is opened later, the form is that of the merchant opened first."""

    def staying(old: Any) -> Any:
        def payee(slug: str) -> Any:
            return old(slug=session.setdefault("first_payee", slug))

        return payee

    site.route("pay.payee", staying)


@deviant("W1.4", "wallet")
def empty_amount_means_the_smallest(site: Change) -> None:
    """A form without an amount is accepted, for the smallest amount of the merchant."""

    def filling(old: Any) -> Any:
        def parse_amount(self: Payee, text: str) -> Money:
            return old(self, text) if text.strip() else self.smallest

        return parse_amount

    site.wrap(Payee, "parse_amount", filling)


@deviant("W1.4", "wallet")
def empty_account_means_the_one_before(site: Change) -> None:
    """Once an account was entered, a form without one is accepted for that account."""

    def remembering(old: Any) -> Any:
        def parse_account(self: Payee, text: str) -> str:
            key = f"account_{self.slug}"
            if not text.strip() and key in session:
                return str(session[key])
            session[key] = account = old(self, text)
            return str(account)

        return parse_account

    site.wrap(Payee, "parse_account", remembering)


@deviant("W1.5", "wallet")
def long_account_is_cut_when_checked(site: Change) -> None:
    """Only the first sixteen characters of an account are shown to be checked."""
    site.page("payment_facts.html", "{{ value }}", "{{ value[:16] }}")


@deviant("W1.5", "wallet")
def changed_values_are_not_checked(site: Change) -> None:
    """Who changes the values before confirming is shown the earlier values again."""

    def keeping(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, payee: Payee, account: str, money: Money) -> Any:
            key = f"entered_{payee.slug}"
            if key in session:
                earlier = self.get(buyer, session[key])
                if earlier.status == PaymentStatus.ENTERED:
                    return earlier
            payment = old(self, buyer, payee, account, money)
            session[key] = payment.uid
            return payment

        return enter

    site.wrap(Payments, "enter", keeping)


@deviant("W1.6", "wallet")
def confirm_is_open_after_a_wrong_code(site: Change) -> None:
    """After a refused code Confirm can be pressed with no code entered."""
    waits = 'data-waits-for="code"'
    site.page("code.html", waits, "{% if not form.errors %}" + waits + "{% endif %}")


@deviant("W1.6", "wallet")
def small_sum_needs_no_code(site: Change) -> None:
    """A payment below a hundred roubles is paid by the first Confirm, without a code."""

    def paying(old: Any) -> Any:
        def begin_confirming(self: Payments, buyer: Any, uid: str) -> Any:
            payment = self.get(buyer, uid)
            if payment.bill_uid is None and payment.amount < SMALL_MINOR:
                with self.database.transaction() as books:
                    payment = books.merge(payment)
                    if payment.status != PaymentStatus.PAID:
                        self.pay(books, buyer, payment, self.clock.now())
                return payment
            return old(self, buyer, uid)

        return begin_confirming

    site.wrap(Payments, "begin_confirming", paying)
