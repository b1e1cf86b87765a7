"""Codes that anybody could guess, that live too long, or that confirm something else."""

from __future__ import annotations

from typing import Any

from flask import request

import mock_sites.wallet
from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.messaging.messages import MessageLine
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain import codes
from mock_sites.wallet.domain.codes import Codes, NewCode
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.store import PaymentRow


def _remembering(sent: dict[str, set[str]], owner: Any) -> Any:
    """Codes that are issued, kept in ``sent`` under what ``owner`` makes of their payment."""

    def remember(issue: Any) -> Any:
        def issue_and_remember(self: Codes, session: Any, payment: PaymentRow, now: Any) -> NewCode:
            code: NewCode = issue(self, session, payment, now)
            sent.setdefault(owner(payment), set()).add(code.digits)
            return code

        return issue_and_remember

    return remember


def _accepting(sent: dict[str, set[str]], owner: Any) -> Any:
    def accept(check: Any) -> Any:
        def check_sent(
            self: Codes, session: Any, payment: PaymentRow, typed: str, now: Any
        ) -> Refusal | None:
            if typed.strip() in sent.get(owner(payment), ()):
                return None
            return check(self, session, payment, typed, now)  # type: ignore[no-any-return]

        return check_sent

    return accept


def _accept_all_sent(site: Change, owner: Any) -> None:
    sent: dict[str, set[str]] = {}
    site.wrap(Codes, "issue", _remembering(sent, owner))
    site.wrap(Codes, "check", _accepting(sent, owner))


@deviant("W1.6", "wallet", "A wrong code pays nothing")
def any_code_is_accepted(site: Change) -> None:
    """Any six digits confirm a payment."""
    site.rule(Codes, "check", lambda self, session, payment, typed, now: None)


@deviant("W2.6", "wallet", "A wrong code pays nothing")
def any_code_pays_an_invoice(site: Change) -> None:
    """Any six digits pay an invoice."""

    def lax(check: Any) -> Any:
        def check_others(self: Codes, session: Any, payment: PaymentRow, *typed: Any) -> Any:
            return check(self, session, payment, *typed) if payment.bill_uid is None else None

        return check_others

    site.wrap(Codes, "check", lax)


@deviant("W1.6", "wallet", "A new code invalidates the old one")
def old_code_is_accepted(site: Change) -> None:
    """A code still confirms its payment after a new one was sent."""
    _accept_all_sent(site, lambda payment: payment.uid)


@deviant("W1.6", "wallet", "A code of another payment is rejected")
def code_is_reused(site: Change) -> None:
    """A code confirms every payment of its buyer, not its own alone."""
    _accept_all_sent(site, lambda payment: payment.buyer_id)


@deviant("W1.6", "wallet", "The page does not show the code")
def code_is_in_the_page(site: Change) -> None:
    """The page that asks for the code shows it."""

    def show(issue: Any) -> Any:
        def issue_and_show(self: Codes, session: Any, payment: PaymentRow, now: Any) -> NewCode:
            code: NewCode = issue(self, session, payment, now)
            payment.entered = {**payment.entered, "Code": code.digits}
            return code

        return issue_and_show

    site.wrap(Codes, "issue", show)


@deviant("W1.6", "wallet", "The code pays only the amount that was checked")
def code_is_not_bound_to_the_amount(site: Change) -> None:
    """The code confirms any amount that comes with it."""

    def with_slipped(confirm: Any) -> Any:
        def confirm_with_slipped(self: Payments, buyer: Any, uid: str, typed: str) -> PaymentRow:
            slipped = request.form.get("amount", "").replace(".", "")
            with self.database.transaction() as session:
                payment = session.get_one(PaymentRow, uid)
                payment.amount = int(slipped or payment.amount)
            return confirm(self, buyer, uid, typed)  # type: ignore[no-any-return]

        return confirm_with_slipped

    site.wrap(Payments, "confirm", with_slipped)
    site.rule(Codes, "digest", lambda self, payment, digits: f"{payment.uid} {digits}"[-64:])


@deviant("W1.6", "wallet", "Too many wrong codes end the payment")
def codes_can_be_guessed(site: Change) -> None:
    """Wrong codes can be entered without end."""
    site.rule(codes, "WRONG_ALLOWED", 1_000_000)


@deviant("W1.6", "wallet", "A game account is topped up, from start to finish")
def no_code_comes(site: Change) -> None:
    """No message comes to the phone."""
    site.rule(MessageLine, "send", lambda self, phone, sender, text: True)


@deviant("W2.6", "wallet", "An order is paid from the wallet, from start to finish")
def message_without_a_code(site: Change) -> None:
    """The message that comes to the phone brings no code."""
    site.rule(mock_sites.wallet, "code_message", lambda code, payment: "Confirm your payment.")


@deviant("W1.6", "wallet", "A wrong code pays nothing")
def wrong_code_is_marked_without_a_reason(site: Change) -> None:
    """A field with a wrong value is marked, and does not refer to the reason."""
    described = 'aria_invalid="true", aria_describedby=described | trim'
    site.page("forms.html", described, 'aria_invalid="true"')


@deviant("W1.6", "wallet", "A wrong code pays nothing")
def wrong_code_is_marked_as_right(site: Change) -> None:
    """A field with a wrong value is marked as one with a right value."""
    site.page("forms.html", 'aria_invalid="true"', 'aria_invalid="false"')


@deviant("W1.6", "wallet", "Of two payments, the one that the buyer confirms is paid")
def receipt_does_not_say_the_account(site: Change) -> None:
    """The receipt does not say to which account the money went."""
    payee = '<dt>{{ _("Payee") }}</dt><dd>{{ _(payment.payee_name) }}</dd>'
    amount = '<dt>{{ _("Amount") }}</dt><dd>{{ payment.money | money }}</dd>'
    facts = "{{ show.facts(payment) }}"
    site.page("receipt.html", facts, f'<dl class="facts">{payee}{amount}</dl>')
