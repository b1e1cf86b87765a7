"""A phone on which codes are not the only messages, and not the first ones."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites import wallet
from mock_sites.phone.domain import Inbox
from mock_sites.phone.store import MessageRow
from mock_sites.wallet.domain.codes import NewCode
from mock_sites.wallet.store import PaymentRow

SayCode = Callable[[NewCode, PaymentRow], str]
Messages = Callable[[Inbox, str], list[MessageRow]]

ADVERTISING = (
    "Rides are 20% cheaper until Sunday, up to 150 a ride: say AUTUMN to the driver."
    " Call 8 800 555-35-35 to get no more of these messages."
)


@twin("phone", "W1.6", "W2.6")
def newest_message_is_the_last(site: TwinChange) -> None:
    """The phone shows a conversation: the oldest message first, the newest below it."""
    site.page(
        "messages.html", "{% for message in messages %}", "{% for message in messages | reverse %}"
    )


@twin("phone", "W1.6", "W2.6")
def advertising_comes_after_the_code(site: TwinChange) -> None:
    """Above the newest message of the phone stands one of another sender, about taxi rides."""

    def with_advertising(messages: Messages) -> Messages:
        def read(inbox: Inbox, phone: str) -> list[MessageRow]:
            arrived = messages(inbox, phone)
            newest = arrived[:1]
            return [
                MessageRow(phone=phone, sender="Citydrive", text=ADVERTISING, at=each.at)
                for each in newest
            ] + arrived

        return read

    site.wrap(Inbox, "messages", with_advertising)


@twin("wallet", "W1.6", "W2.6")
def code_message_names_a_hotline(site: TwinChange) -> None:
    """The message with the code also names the number of a hotline and of the operation."""

    def with_numbers(code_message: SayCode) -> SayCode:
        def say(code: NewCode, payment: PaymentRow) -> str:
            operation = 10_000_000 + crc32(payment.uid.encode()) % 90_000_000
            return (
                f"{code_message(code, payment)} Operation {operation}."
                " Questions: 8 800 707-77-59, free of charge, 24 hours a day."
            )

        return say

    site.wrap(wallet, "code_message", with_numbers)
