"""A phone that lists its messages otherwise."""

from __future__ import annotations

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin


@twin("phone", "W1.6", "W2.6")
def inbox_is_a_conversation(site: TwinChange) -> None:
    """The phone lists messages as a conversation does: the newest is the last."""
    site.template("messages.html", "later_messages.html")
