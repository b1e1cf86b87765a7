"""Signing in, the same on every site."""

from __future__ import annotations

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.drivers.finding import CONTENT
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.navigation import go_to
from checkout_conformance.drivers.page import Locator
from checkout_conformance.drivers.site import SIGN_IN, Site
from checkout_conformance.expectations import PreconditionFailed
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import not_offered


def sign_in(site: Site, phone: str, password: str) -> None:
    """Fill in the open sign-in form and send it. It is the same on every site.

    A site may ask for the password on a page after that for the phone number. If it has come to
    the form for a new account, the link to Sign in leads on.
    """
    give_phone(site, phone)
    site.fill_in("Password", password)
    site.press("Sign in")


def first_of_sign_in(site: Site) -> NamedLocator:
    """What the open page asks for first to sign in: the phone number, or the password alone."""
    phone, password = site.field("Phone number"), site.field("Password")
    either = phone.alternatives[-1].or_(password.alternatives[-1])
    ways = [*phone.alternatives, *password.alternatives, either]
    return NamedLocator(f"{phone.told} or {password.told}", ways)


def give_phone(site: Site, phone: str) -> None:
    """Fill in the phone number, and go on to the password if it has a page of its own."""
    # By its whole name: "Sign in with …" leads to somebody else.
    link = site.main.get_by_role("link", name=site.target.label("Sign in"), exact=True)
    instead = CONTENT.keep(link)
    if instead.count() == 1:
        site.follow(instead)
    # After a wrong password the number may stand there or be left out: it is not asked for again.
    asked = first_of_sign_in(site)
    asked.wait_for()
    if site.asks_for("Phone number") and asked.get_attribute("readonly") is None:
        site.fill_in("Phone number", phone)
    if not site.asks_for("Password"):
        number = site.page.get_by_label(site.target.name_of("Phone number").within, exact=True)
        form = site.page.locator("form").filter(has=number)
        site.follow(form.get_by_role("button").last)


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

    def come_to_password(self, phone: str) -> None:
        """Go on to the password if the open page asks for the phone number alone."""
        if self.asks_for("Phone number") and not self.asks_for("Password"):
            give_phone(self, phone)

    @property
    def first_of_sign_in(self) -> Locator:
        """What the open page asks for first to sign in: the phone number, or the password alone."""
        return first_of_sign_in(self)

    def asks_to_sign_in(self) -> bool:
        """Whether the open sign-in page asks for the password, or first for the phone number."""
        asks_for_phone = self.asks_for("Phone number") and not self.control_to_leave.is_visible()
        return self.asks_for("Password") or asks_for_phone

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
        if not self.control_to_leave.is_visible():
            not_offered("signing out")
        self.follow(self.control_to_leave)

    @property
    def control_to_leave(self) -> Locator:
        """Sign out, wherever it is on the page."""
        words = self.target.label("Sign out")
        button = self.page.get_by_role("button", name=words, exact=True)
        return button.or_(self.page.get_by_role("link", name=words, exact=True))

    def must_be_in(self) -> None:
        """Raise PreconditionFailed if the site asks for the password once more."""
        try:
            self.field("Password").wait_for(state="hidden")
        except PlaywrightTimeout:
            said = [one.inner_text() for one in self.announcements.all()]
            raise PreconditionFailed(
                f"the {self.name} did not let the buyer in, and said: {' '.join(said) or 'nothing'}"
            ) from None
