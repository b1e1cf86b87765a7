"""Logs of notifications that hide attempts, and notifications that are sent again wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.wallet.domain import ledger
from mock_sites.wallet.domain.notification_log import (
    LoggedNotification,
    NotificationLog,
    Outcome,
)
from mock_sites.wallet.notification_store import NotificationRow
from mock_sites.wallet.store import AccountRow, BillRow, MerchantRow, MovementRow

LATER = "A later attempt stands beside the first"
AGAIN = "Send again tells the shop of the same payment"
ONCE_MORE = "A notification that is refused again stays unacknowledged"


def _with_notifications(
    site: Change, change: Callable[[LoggedNotification], LoggedNotification]
) -> None:
    """Change each notification that the log shows."""

    def changed(of: Any) -> Any:
        return lambda self, *about: [change(each) for each in of(self, *about)]

    site.wrap(NotificationLog, "of", changed)


@deviant("W2.6", "wallet", LATER)
def only_the_first_attempt_is_in_the_log(site: Change) -> None:
    """The log shows the first attempt of a notification and no later one."""
    _with_notifications(site, lambda told: replace(told, tries=told.tries[:1]))


@deviant("W2.6", "wallet", LATER)
def only_the_last_attempt_is_in_the_log(site: Change) -> None:
    """The log shows the last attempt of a notification and no earlier one."""
    _with_notifications(site, lambda told: replace(told, tries=told.tries[-1:]))


@deviant("W2.6", "wallet", "A notification that the shop refuses is not shown as acknowledged")
def refused_attempts_are_not_in_the_log(site: Change) -> None:
    """The log shows only attempts that the shop took."""
    _with_notifications(
        site,
        lambda told: replace(told, tries=tuple(each for each in told.tries if each.acknowledged)),
    )


@deviant("W2.6", "wallet", "A notification that the shop refuses is not shown as acknowledged")
def refused_notification_is_acknowledged_in_the_log(site: Change) -> None:
    """A notification counts as acknowledged as soon as it was tried."""

    def once_tried(told: LoggedNotification) -> LoggedNotification:
        return replace(told, outcome=Outcome.ACKNOWLEDGED) if told.tries else told

    _with_notifications(site, once_tried)


@deviant("W2.6", "wallet", ONCE_MORE)
def sending_again_marks_as_acknowledged(site: Change) -> None:
    """A notification that was sent again counts as acknowledged, whatever the shop answered."""

    def once_sent_again(told: LoggedNotification) -> LoggedNotification:
        again = any(each.replay_id is not None for each in told.tries)
        return replace(told, outcome=Outcome.ACKNOWLEDGED, next_at=None) if again else told

    _with_notifications(site, once_sent_again)


@deviant("W2.6", "wallet", "The log has nothing of another shop")
def log_has_the_notifications_of_all_shops(site: Change) -> None:
    """A shop sees in its log what other shops were told."""

    def of_all(of: Any) -> Any:
        def of_every_shop(self: NotificationLog, _merchant: Any, *more: Any) -> Any:
            with self.database.reading() as session:
                merchants = session.scalars(select(MerchantRow)).all()
            return [told for merchant in merchants for told in of(self, merchant, *more)]

        return of_every_shop

    site.wrap(NotificationLog, "of", of_all)


@deviant("W2.6", "wallet", "A shop cannot have another shop's notification sent again")
def any_shop_sends_any_notification_again(site: Change) -> None:
    """A shop has the notification of another shop's invoice sent again."""

    def for_any_shop(send_again: Any) -> Any:
        def of_issuer(
            self: NotificationLog, merchant: MerchantRow, bill_id: str, replay: str
        ) -> Any:
            with self.database.reading() as session:
                issuers = select(MerchantRow).join(BillRow).where(BillRow.bill_id == bill_id)
                issuer = session.scalars(issuers).first() or merchant
            return send_again(self, issuer, bill_id, replay)

        return of_issuer

    site.wrap(NotificationLog, "send_again", for_any_shop)


@deviant("W2.6", "wallet", "Under one number the notification is sent again once")
def number_of_sending_again_is_ignored(site: Change) -> None:
    """Each request sends the notification again, also under a number that was used."""
    site.wrap(
        NotificationLog,
        "send_again",
        lambda send_again: (
            lambda self, merchant, bill_id, _replay: send_again(
                self, merchant, bill_id, str(uuid4())
            )
        ),
    )


@deviant("W2.6", "wallet", AGAIN)
def send_again_sends_nothing(site: Change) -> None:
    """Send again is taken, and nothing is sent."""
    site.wrap(
        NotificationLog,
        "send_again",
        lambda _send_again: lambda self, merchant, bill_id, _replay: self.of(merchant, bill_id)[0],
    )


@deviant("W2.6", "wallet", AGAIN)
def send_again_tells_something_else(site: Change) -> None:
    """A notification that is sent again has another body than the first one."""

    def with_other_body(send_again: Any) -> Any:
        def changed(self: NotificationLog, merchant: Any, bill_id: str, replay: str) -> Any:
            with self.database.transaction() as session:
                told = _notification(session, merchant, bill_id)
                told.body = json.dumps({**json.loads(told.body), "version": "2"})
            return send_again(self, merchant, bill_id, replay)

        return changed

    site.wrap(NotificationLog, "send_again", with_other_body)


@deviant("W2.6", "wallet", AGAIN)
def send_again_takes_the_money_again(site: Change) -> None:
    """Whenever a notification is sent again, the buyer pays again."""

    def with_payment(send_again: Any) -> Any:
        def paid_again(self: NotificationLog, merchant: Any, bill_id: str, replay: str) -> Any:
            with self.database.transaction() as session:
                uid = _notification(session, merchant, bill_id).bill_uid
                paid = session.scalars(
                    select(MovementRow).where(MovementRow.key == f"bill:{uid}")
                ).one()
                payer, payee = (
                    session.get_one(AccountRow, account).owner
                    for account in (paid.payer_id, paid.payee_id)
                )
                money, key = Money(paid.amount, paid.currency), f"bill:{uid}:{replay}"
                ledger.move(session, key, payer, payee, money, self.clock.now())
            return send_again(self, merchant, bill_id, replay)

        return paid_again

    site.wrap(NotificationLog, "send_again", with_payment)


def _notification(session: Any, merchant: MerchantRow, bill_id: str) -> NotificationRow:
    of_shop = select(NotificationRow).join(BillRow).where(BillRow.site_id == merchant.site_id)
    found: NotificationRow = session.scalars(of_shop.where(BillRow.bill_id == bill_id)).one()
    return found
