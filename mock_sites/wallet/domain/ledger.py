"""The books: accounts, and movements of money between two of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mock_sites.money import Money
from mock_sites.refusal import Refusal
from mock_sites.wallet.store import OUTSIDE, Account, Movement


def account(session: Session, owner: str, currency: str) -> Account:
    """The owner's account in a currency, locked for this transaction; opened if need be."""
    mine = (Account.owner == owner) & (Account.currency == currency)
    found = session.scalar(select(Account).where(mine).with_for_update())
    if found is None:
        found = Account(owner=owner, currency=currency, balance=0)
        session.add(found)
        session.flush()
    return found


def balances(session: Session, owner: str) -> list[Money]:
    """What the owner has, currency by currency."""
    accounts = select(Account).where(Account.owner == owner).order_by(Account.currency.desc())
    return [account.money for account in session.scalars(accounts)]


def move(
    session: Session, key: str, payer: str, payee: str, money: Money, at: datetime
) -> Movement:
    """Take ``money`` from the payer and give it to the payee, once for each ``key``.

    A second call with the key of an earlier movement moves nothing and answers that one.
    Raises Refusal ``balance.short`` where the payer has too little.
    """
    earlier = session.scalar(select(Movement).where(Movement.key == key))
    if earlier is not None:
        return earlier
    source = account(session, payer, money.currency)
    target = account(session, payee, money.currency)
    if payer != OUTSIDE and source.balance < money.minor:
        raise Refusal("balance.short", missing=Money(money.minor - source.balance, money.currency))
    movement = Movement(
        key=key,
        payer_id=source.id,
        payee_id=target.id,
        amount=money.minor,
        currency=money.currency,
        at=at,
    )
    session.add(movement)
    session.flush()
    # The database's trigger has changed both balances.
    session.expire(source)
    session.expire(target)
    return movement


def discrepancies(session: Session) -> list[str]:
    """What is wrong with the books, in words; an empty list means that they balance."""
    found = [
        f"all the {currency} together make {total}, not 0"
        for currency, total in session.execute(
            select(Account.currency, func.sum(Account.balance)).group_by(Account.currency)
        )
        if total != 0
    ]
    for each in session.scalars(select(Account)):
        moved = _sum_of(session, Movement.payee_id == each.id)
        moved -= _sum_of(session, Movement.payer_id == each.id)
        if moved != each.balance:
            found.append(f"{each.owner} has {each.balance} {each.currency}, moved were {moved}")
    return found


def _sum_of(session: Session, condition: object) -> int:
    total = select(func.coalesce(func.sum(Movement.amount), 0)).where(condition)  # type: ignore[arg-type]
    return int(session.scalar(total) or 0)
