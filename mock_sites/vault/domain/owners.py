"""The owner of a card: a person, by phone (E.164), or only the merchant that sent the card.

The published protocol names no buyer when a merchant links a card. Such a card is in no person's
list: the merchant keeps its token, and pays with it.
"""

from __future__ import annotations

from hashlib import sha256

# No phone begins with it.
NOBODY = "~"
DIGITS = 15


def without_person(request_id: str) -> str:
    """Return the owner of what came under this id of the merchant without naming a person."""
    return NOBODY + sha256(request_id.encode()).hexdigest()[:DIGITS]


def is_person(owner: str) -> bool:
    """Whether an owner is a person, who can sign in and see the card."""
    return not owner.startswith(NOBODY)
