"""Signing in, the same on every site."""

from __future__ import annotations

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.drivers.finding import CONTENT
from checkout_conformance.drivers.navigation import go_to
from checkout_conformance.drivers.site import SIGN_IN, Site
from checkout_conformance.expectations import PreconditionFailed
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import not_offered


def sign_in(site: Site, phone: str, password: str) -> None:
    """Fill in the open sign-in form and send it. It is the same on every site.

    A site may ask for the password on a page after that for the phone number. If it has come to
    the form for a new account, the link to Sign in leads on.
    """
    # By its whole name: "Sign in with …" leads to somebody else.
    link = site.main.get_by_role("link", name=site.target.label("Sign in"), exact=True)
    instead = CONTENT.keep(link)
    if instead.count() == 1:
        site.follow(instead)
    # After a wrong password the number may stand there, and be no longer asked for.
    if site.field("Phone number").get_attribute("readonly") is None:
        site.fill_in("Phone number", phone)
    if not site.asks_for("Password"):
        number = site.page.get_by_label(site.target.name_of("Phone number").within, exact=True)
        form = site.page.locator("form").filter(has=number)
        site.follow(form.get_by_role("button").last)
    site.fill_in("Password", password)
    site.press("Sign in")


class SignInFlows(Site):
    """Signing in, the same on every site."""

    # Whether pages such as the cart are open to people who are not signed in. Else the site asks
    # them to sign in, on the page that they come to.
    open_to_visitors = False

    @property
    def sign_in_path(self) -> str:
        """The path of the sign-in page."""
        return self.target.path(self.name, SIGN_IN)

    def sign_in(self, phone: str, password: str) -> None:
        """Fill in the open sign-in form and send it."""
        sign_in(self, phone, password)

    def sign_in_again(self, buyer: Buyer) -> None:
        """Sign in where the site asks for it, or go to do so and return to the open page."""
        if not self.open_to_visitors:
            self.sign_in(buyer.phone, buyer.password)
            return
        here = self.page.url
        self.come_in(buyer)
        go_to(self.page, here)

    def come_in_as(self, buyer: Buyer) -> None:
        """Sign in, and remember for whom the pages are."""
        self.buyer = buyer
        self.come_in(buyer)

    def come_in(self, buyer: Buyer) -> None:
        """Go to the site and sign in; the home page opens. A hook: see docs/start/own-shop.md."""
        self.open(self.sign_in_path)
        self.sign_in(buyer.phone, buyer.password)

    def enter(self, buyer: Buyer, show: bool = True) -> None:
        """Sign in and, unless ``show`` is false, open the home page."""
        self.buyer = buyer
        with self.beforehand(show) as site:
            site.patiently(lambda: site.come_in(buyer))
            site.must_be_in()

    def sign_out(self) -> None:
        """Press Sign out on the open page; skip the scenario if the site does not show it."""
        words = self.target.label("Sign out")
        button = self.page.get_by_role("button", name=words, exact=True)
        control = button.or_(self.page.get_by_role("link", name=words, exact=True))
        if not control.is_visible():
            not_offered("signing out")
        self.follow(control)

    def must_be_in(self) -> None:
        """Raise PreconditionFailed if the site asks for the password once more."""
        try:
            self.field("Password").wait_for(state="hidden")
        except PlaywrightTimeout:
            said = [one.inner_text() for one in self.announcements.all()]
            raise PreconditionFailed(
                f"the {self.name} did not let the buyer in, and said: {' '.join(said) or 'nothing'}"
            ) from None
