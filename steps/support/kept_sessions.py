"""One sign-in for each buyer of a target file: some shops allow only a few in some minutes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from checkout_conformance.drivers.page import Page
from checkout_conformance.people import Buyer


class SignInSite(Protocol):
    """The pages of a site, as far as signing in needs them."""

    name: str
    page: Page

    @property
    def sign_in_path(self) -> str:
        """The path of the sign-in page."""

    def enter(self, buyer: Buyer, show: bool = True) -> None:
        """Sign in by the form."""

    def open(self, path: str = "/") -> None:
        """Go to a page."""

    def asks_to_sign_in(self) -> bool:
        """Whether the open page asks for the phone number or the password to sign in."""


class KeptSessions:
    """The cookies of the buyers that have signed in, by phone and site, for the whole run."""

    def __init__(self, accounts: Collection[tuple[str, str]]) -> None:
        """``accounts`` are those of the target file; others are new in each scenario."""
        self._accounts = accounts
        self._kept: dict[tuple[str, str], Sequence[Any]] = {}

    def enter(self, site: SignInSite, buyer: Buyer, show: bool = True) -> None:
        """Sign in: with the session that the buyer has, if the site still knows it."""
        account = (buyer.phone, site.name)
        if account not in self._accounts:
            site.enter(buyer, show)
            return
        if account in self._kept and self._is_known(site, self._kept[account]):
            if show:
                site.open()
            return
        site.enter(buyer, show)
        self._kept[account] = site.page.context.cookies()

    def _is_known(self, site: SignInSite, cookies: Sequence[Any]) -> bool:
        """Whether the sign-in page does not ask again; a site that always does is signed in to."""
        site.page.context.add_cookies(cookies)
        site.open(site.sign_in_path)
        return not site.asks_to_sign_in()
