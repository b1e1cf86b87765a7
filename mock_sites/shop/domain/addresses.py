"""The addresses that a customer has used, and what is filled in of a checkout so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.refusal import NotFound
from ...shared.values.text_rules import is_usable
from ..card_store import LONGEST_TYPED, AddressRow, DraftRow
from ..store import CustomerRow
from .address import Address, parse_address

# Built once: every page of a checkout asks for them.
DRAFT = select(DraftRow).where(DraftRow.checkout_uid == bindparam("checkout_uid"))
USED = (
    select(AddressRow)
    .where(AddressRow.customer_id == bindparam("customer_id"))
    .order_by(AddressRow.used_at.desc())
)


@dataclass(frozen=True)
class Draft:
    """The values of a checkout as they were typed: complete or not, valid or not.

    ``began_with`` is the address that the form was opened with: the id of a kept one, ``new``, or
    nothing if the checkout proposed one. The last three are the answers to how to pay.
    """

    recipient: str = ""
    phone: str = ""
    city: str = ""
    street: str = ""
    postal_code: str = ""
    began_with: str = ""
    payment: str = ""
    online_option: str = ""
    card: str = ""

    def address(self) -> Address:
        """The address as the rules read it. Raises Refusal with the field that is wrong."""
        return parse_address(self.recipient, self.phone, self.city, self.street, self.postal_code)


class Addresses:
    """Every customer's addresses."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def used(self, customer_id: int) -> Sequence[AddressRow]:
        """The customer's addresses, the one that was used last first."""
        with self.database.reading() as session:
            return _used(session, customer_id)

    def get(self, customer_id: int, number: str) -> AddressRow:
        """The customer's own address. Raises NotFound, for another's too."""
        row = next((one for one in self.used(customer_id) if str(one.id) == number), None)
        if row is None:
            raise NotFound
        return row

    def remember(self, customer_id: int, address: Address) -> AddressRow:
        """Keep an address as the one used last; the same again is kept once."""
        with self.database.transaction() as session:
            session.get(CustomerRow, customer_id, with_for_update=True)
            wanted = select(AddressRow).filter_by(customer_id=customer_id, **asdict(address))
            row = session.scalar(wanted) or AddressRow(customer_id=customer_id, **asdict(address))
            row.used_at = self.clock.now()
            session.add(row)
        return row

    def keep_draft(self, checkout_uid: str, draft: Draft) -> None:
        """Keep what is filled in: a refusal, a reload and a new sign-in lose nothing (C1.5).

        A card number that was typed into a wrong field is not kept.
        """
        typed = {name: _may_be_kept(text) for name, text in asdict(draft).items()}
        with self.database.transaction() as session:
            session.merge(DraftRow(checkout_uid=checkout_uid, **typed))

    def draft(self, customer: CustomerRow, checkout_uid: str) -> Draft:
        """Return the values of a checkout: its draft, else the address used last.

        If there is neither, who receives the order is taken from the account.
        """
        with self.database.reading() as session:
            row = session.scalar(DRAFT, {"checkout_uid": checkout_uid})
            if row is not None:
                return Draft(**{one.name: getattr(row, one.name) for one in fields(Draft)})
            last = next(iter(_used(session, customer.id)), None)
        if last is None:
            return Draft(recipient=customer.name, phone=customer.phone)
        return Draft(**address_of(last))


def _used(session: Session, customer_id: int) -> Sequence[AddressRow]:
    return session.scalars(USED, {"customer_id": customer_id}).all()


def address_of(kept: AddressRow) -> dict[str, str]:
    """The fields of a kept address."""
    return {field.name: getattr(kept, field.name) for field in fields(Address)}


def _may_be_kept(text: str) -> str:
    """As much of a typed text as is kept: nothing of a card number or of what is no text."""
    return text[:LONGEST_TYPED] if is_usable(text) else ""
