"""What a mock site of a project's own is made with: the argument of its function ``create``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from flask import Blueprint, Flask
    from sqlalchemy.orm import DeclarativeBase


class Clock(Protocol):
    """The clock of the stack. A test may move it."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""


class Stack(Protocol):
    """The addresses of all sites of the stack."""

    def public_url(self, site: str) -> str:
        """Return a site's address for browsers."""

    def internal_url(self, site: str) -> str:
        """Return a site's address for other sites: loopback, without a resolver."""


class OwnSite(Protocol):
    """A site with a health check, a marker, error pages and test controls, and no page yet."""

    name: str
    app: Flask
    """For pages. Their forms need a form key: ``{{ csrf_token() }}``."""
    api: Blueprint
    """For routes below ``/api`` that programs call. They need no form key."""
    controls: Blueprint
    """For routes below ``/_control`` that tests call, with the token of the stack."""
    clock: Clock
    stack: Stack

    def database(self, tables: type[DeclarativeBase]) -> Any:
        """Open the site's own database with these tables, once.

        ``with found.transaction() as session`` gives a session of SQLAlchemy.
        """
