"""W1, paying on the wallet's own site: wrong after something was paid, begun or said before."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.wallet.domain import catalogue, payments
from mock_sites.wallet.domain.catalogue import Category, Payee
from mock_sites.wallet.domain.codes import Codes, newest_code
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.routes import current_wallet
from mock_sites.wallet.store import BuyerRow, PaymentRow, PaymentStatus

LONGEST_SHOWN = 24
TOO_SOON = timedelta(hours=1)


def _payments_of(buyer: BuyerRow, *statuses: PaymentStatus) -> list[PaymentRow]:
    """The buyer's payments in these states, newest first."""
    own = select(PaymentRow).where(PaymentRow.buyer_id == buyer.id, PaymentRow.status.in_(statuses))
    with current_wallet.database.reading() as session:
        return list(session.scalars(own.order_by(PaymentRow.created_at.desc())))


@deviant("W1.1", "wallet")
def paid_categories_leave_the_list(site: Change) -> None:
    """A category in which the buyer has paid before is missing from the page of categories."""

    def is_new(category: Category, paid: set[str]) -> bool:
        return not any(f"payee:{payee.slug}" in paid for payee in category.payees)

    def index() -> str:
        paid = {one.payee for one in _payments_of(signed_in_person(), PaymentStatus.PAID)}
        shown = [one for one in catalogue.categories() if is_new(one, paid)]
        return render_template("categories.html", categories=shown)

    site.route("pay.index", lambda _old: index)


@deviant("W1.2", "wallet")
def social_networks_are_missing_in_other_languages(site: Change) -> None:
    """Only the English page lists the social networks."""
    site.page(
        "category.html",
        "{% for group, payees in category.groups.items() %}",
        "{% for group, payees in category.groups.items()"
        ' if locale().language == "en" or group != "Social networks" %}',
    )


@deviant("W1.3", "wallet")
def tile_is_gone_while_a_payment_is_open(site: Change) -> None:
    """A payee is missing from its category once a payment to it was begun and not confirmed."""

    def of_slug(old: Callable[[str], Any]) -> Callable[[str], Any]:
        def category(slug: str) -> str:
            found = catalogue.category(slug)
            begun = _payments_of(signed_in_person(), PaymentStatus.ENTERED)
            open_ones = {one.payee.removeprefix("payee:") for one in begun}
            groups = {
                name: [payee for payee in group if payee.slug not in open_ones]
                for name, group in found.groups.items()
            }
            left = Category(found.slug, found.name, found.logo, groups)
            return render_template("category.html", category=left)

        return category

    site.route("pay.category", of_slug)


@deviant("W1.4", "wallet")
def no_amount_means_the_last_one(site: Change) -> None:
    """Whoever has paid a payee before may leave the amount empty: the last one is taken."""

    def parsed(parse_amount: Callable[[Payee, str], Money]) -> Callable[[Payee, str], Money]:
        def parse(payee: Payee, text: str) -> Money:
            if not text.strip():
                earlier = _payments_of(signed_in_person(), PaymentStatus.PAID)
                for one in earlier:
                    if one.payee == f"payee:{payee.slug}":
                        return one.money
            return parse_amount(payee, text)

        return parse

    site.wrap(Payee, "parse_amount", parsed)


@deviant("W1.5", "wallet")
def long_accounts_are_cut(site: Change) -> None:
    """The check page shows no more than 24 characters of an account name."""
    site.page(
        "payment_facts.html",
        "<dd><bdi>{{ value }}</bdi></dd>",
        f'<dd><bdi>{{{{ value | truncate({LONGEST_SHOWN}, true, "…", 0) }}}}</bdi></dd>',
    )


@deviant("W1.6", "wallet")
def code_of_the_other_payment_confirms(site: Change) -> None:
    """The newest code of another payment that the buyer has begun confirms this one as well."""

    def checked(check: Callable[..., Refusal | None]) -> Callable[..., Refusal | None]:
        def accepts_other(
            codes: Codes, session: Session, payment: PaymentRow, typed: str, now: datetime
        ) -> Refusal | None:
            others = select(PaymentRow).where(
                PaymentRow.buyer_id == payment.buyer_id,
                PaymentRow.status == PaymentStatus.CONFIRMING,
                PaymentRow.uid != payment.uid,
            )
            for other in session.scalars(others):
                sent = newest_code(session, other)
                if sent and hmac.compare_digest(sent.digest, codes.digest(other, typed.strip())):
                    return None
            return check(codes, session, payment, typed, now)

        return accepts_other

    site.wrap(Codes, "check", checked)


def _is_equal(one: PaymentRow, other: PaymentRow) -> bool:
    """Whether both are payments of the same money to the same account of the same payee."""
    facts = [(each.payee, each.entered, each.money, each.bill_uid) for each in (one, other)]
    return facts[0] == facts[1] and one.bill_uid is None


@deviant("W1.6", "wallet")
def equal_payment_soon_after_is_taken_for_the_same(site: Change) -> None:
    """An equal payment within an hour is not made: the receipt of the earlier one is shown."""

    def confirmed(confirm: Callable[..., PaymentRow]) -> Callable[..., PaymentRow]:
        def once(self: Payments, buyer: BuyerRow, uid: str, typed_code: str) -> PaymentRow:
            payment, now = self.get(buyer, uid), self.clock.now()
            for earlier in _payments_of(buyer, PaymentStatus.PAID):
                recent = earlier.paid_at is not None and now - earlier.paid_at < TOO_SOON
                if recent and earlier.uid != uid and _is_equal(earlier, payment):
                    return earlier
            return confirm(self, buyer, uid, typed_code)

        return once

    site.wrap(payments.Payments, "confirm", confirmed)
