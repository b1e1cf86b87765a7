"""Time: deadlines that are ignored, or off by an hour or a minute."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.accounts import people
from mock_sites.shop.domain import orders
from mock_sites.vault.domain import holds
from mock_sites.vault.domain.returns import Returns
from mock_sites.wallet.domain import bills, codes

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@deviant("W1.1", "wallet", "The lock of the phone number ends")
def lock_is_an_hour_longer(site: Change) -> None:
    """A number that was locked out stays so for an hour longer."""
    site.rule(people, "LOCKOUT", people.LOCKOUT + HOUR)


@deviant("W1.1", "wallet", "Too many wrong passwords lock the phone number")
def nobody_is_locked_out(site: Change) -> None:
    """Passwords can be guessed without end."""
    site.rule(people, "WRONG_PASSWORDS_ALLOWED", 1_000_000)


@deviant("W1.6", "wallet", "A code expires")
def code_never_expires(site: Change) -> None:
    """A code is valid for ever."""
    site.rule(codes, "VALID_FOR", timedelta(days=365))


@deviant("W1.6", "wallet", "A code pays until it expires")
def code_expires_a_minute_early(site: Change) -> None:
    """A code is valid for four minutes."""
    site.rule(codes, "VALID_FOR", codes.VALID_FOR - MINUTE)


@deviant("W1.6", "wallet", "A code expires")
def code_lives_an_hour_longer(site: Change) -> None:
    """A code is valid for an hour longer."""
    site.rule(codes, "VALID_FOR", codes.VALID_FOR + HOUR)


@deviant("W1.6", "wallet", "A new code cannot be requested at once")
def new_code_at_once(site: Change) -> None:
    """Another code can be asked for at once, and again and again."""
    site.rule(codes, "NEW_ONE_AFTER", timedelta())


@deviant("W2.4", "wallet", "An expired invoice cannot be paid")
def invoices_never_expire(site: Change) -> None:
    """An invoice can be paid when its time is over."""
    site.rule(bills, "expire_overdue", lambda session, now: None)


@deviant("W2.4", "shop", "An expired invoice cannot be paid")
def invoices_live_an_hour_longer(site: Change) -> None:
    """The shop gives an hour more to pay than it should."""
    site.rule(orders, "TIME_TO_PAY", orders.TIME_TO_PAY + HOUR)


@deviant("W2.4", "shop", "An invoice can be paid until it expires")
def invoices_end_an_hour_early(site: Change) -> None:
    """The shop gives an hour less to pay than it should."""
    site.rule(orders, "TIME_TO_PAY", orders.TIME_TO_PAY - HOUR)


@deviant("W2.4", "wallet", "An invoice can be paid until it expires")
def due_dates_are_kept_an_hour_early(site: Change) -> None:
    """The wallet takes a due date for an hour earlier than the shop has written it."""

    def earlier(new_bill: Any) -> Any:
        def new_bill_due_earlier(*of_bill: Any) -> Any:
            bill = new_bill(*of_bill)
            bill.expires_at -= HOUR
            return bill

        return new_bill_due_earlier

    site.wrap(bills, "new_bill", earlier)


@deviant("W2.6", "wallet", "An invoice that expires before the code is entered is not paid")
def invoices_can_be_paid_an_hour_late(site: Change) -> None:
    """An invoice can be paid for an hour after its time is over."""
    site.wrap(
        bills, "expire_overdue", lambda expire: lambda session, now: expire(session, now - HOUR)
    )


@deviant("C2.5", "vault", "After a day the link is final")
def cent_is_held_an_hour_longer(site: Change) -> None:
    """The cent is held for a day and an hour."""
    site.rule(holds, "HELD_FOR", holds.HELD_FOR + HOUR)


@deviant("C2.5", "vault", "After a day the link is final")
def cent_is_never_returned(site: Change) -> None:
    """The cent is held for ever, and no link becomes final."""
    site.rule(Returns, "settle_due", lambda self, now: None)
