"""What changed rules and pages of generated deviants call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

from flask import session as browser_session
from flask_babel import force_locale, get_locale, gettext
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mock_sites.shared.values.money import Money

T = TypeVar("T")
MARK = "seen-before"


def newest(session: Session, row: type[T]) -> T | None:
    """The row that was added last."""
    return session.scalars(select(row).order_by(text(f"{_table(row)}.rowid DESC"))).first()


def oldest(session: Session, row: type[T]) -> T | None:
    """The row that was added first."""
    return session.scalars(select(row).order_by(text(f"{_table(row)}.rowid"))).first()


def _table(row: Any) -> str:
    # SQLite numbers the rows of every table as they come.
    return str(row.__tablename__)


def other_currency(currency: str) -> str:
    """Another currency than this one."""
    return "KZT" if currency == "RUB" else "RUB"


def in_other_currency(money: Money) -> Money:
    """The same number in another currency."""
    return Money(money.minor, other_currency(money.currency))


def hundredfold(money: Money) -> Money:
    """The amount in the wrong unit: kopeks taken for roubles."""
    return Money(money.minor * 100, money.currency)


def in_other_language(words: str, **facts: Any) -> str:
    """A text of the page in another language than the page's own."""
    with force_locale("en" if get_locale().language == "ru" else "ru"):
        return str(gettext(words, **facts))


def first_seen() -> Callable[[Any, str], Any]:
    """A filter that remembers the first value that each browser was shown in a place."""
    values: dict[tuple[str, str], Any] = {}

    def remember(value: Any, place: str) -> Any:
        mark = browser_session.setdefault(MARK, uuid4().hex)
        return values.setdefault((mark, place), value)

    return remember
