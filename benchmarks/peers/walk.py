"""Walk W1 with nothing but Playwright: for the raw script and for behave."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, expect

from benchmarks.peers.sites import Sites, money

WINDOW = {"width": 1280, "height": 800}


class Walk:
    """One buyer's walk, in a fresh browser context."""

    def __init__(self, browser: Browser, sites: Sites) -> None:
        self._sites = sites
        self._buyer = sites.new_buyer()
        self._context = browser.new_context(viewport=WINDOW, locale="en")  # type: ignore[arg-type]
        self._page = self._context.new_page()
        self._main = self._page.get_by_role("main")
        self._heading = self._main.get_by_role("heading", level=1)

    def close(self) -> None:
        """End the browser context."""
        self._context.close()

    def sign_in(self) -> None:
        """Open the wallet and sign in."""
        self._page.goto(self._sites.wallet)
        self.fill_in("Phone number", self._buyer.phone)
        self.fill_in("Password", self._buyer.password)
        self.press("Sign in")

    def open_in_menu(self, label: str) -> None:
        """Choose an entry of the menu."""
        menu = self._page.get_by_role("navigation")
        menu.get_by_role("link", name=label, exact=True).click()

    def sees_categories(self) -> None:
        """The wallet shows what can be paid."""
        expect(self._heading).to_have_text("What would you like to pay?")
        expect(self._tile("Entertainment")).to_be_visible()

    def open_tile(self, caption: str) -> None:
        """Go where a tile leads."""
        self._tile(caption).click()

    def is_offered(self, group: str) -> None:
        """A group of payees has at least one."""
        payees = self._main.get_by_role("list", name=group, exact=True).get_by_role("link")
        expect(payees.first).to_be_visible()

    def is_on_page(self, title: str) -> None:
        """The heading of the page."""
        expect(self._heading).to_have_text(title)

    def fill_in(self, label: str, value: str) -> None:
        """Type into a field."""
        self._main.get_by_label(label, exact=True).fill(value)

    def press(self, label: str) -> None:
        """Press a button, or a link that looks like one."""
        link = self._main.get_by_role("link", name=label, exact=True)
        self._button(label).or_(link).click()

    def sees(self, text: str) -> None:
        """A text on the page."""
        expect(self._main.get_by_text(text, exact=True).first).to_be_visible()

    def sees_money(self, amount: str) -> None:
        """An amount on the page."""
        expect(self._main.get_by_text(money(amount)).first).to_be_visible()

    def has_in_another_tab(self, amount: str) -> None:
        """What the wallet holds, looked up beside the payment."""
        tab = self._context.new_page()
        tab.goto(self._sites.wallet)
        balance = tab.get_by_role("main").get_by_role("region", name="Balance")
        expect(balance).to_contain_text(money(amount))
        tab.close()

    def has_got_code(self) -> None:
        """The code page is there, and so is the message."""
        self._code.wait_for()
        self._sites.code_for(self._buyer)

    def cannot_press(self, label: str) -> None:
        """A button that is shut."""
        expect(self._button(label)).to_be_disabled()

    def enter_code(self) -> None:
        """Type the code from the message."""
        self._code.fill(self._sites.code_for(self._buyer))

    def has_receipt(self, amount: str, payee: str) -> None:
        """The receipt of the payment."""
        receipt = self._main.get_by_role("article")
        expect(receipt).to_contain_text(money(amount))
        expect(receipt).to_contain_text(payee)

    def holds(self, amount: str) -> None:
        """What the wallet holds afterwards."""
        self._page.goto(self._sites.wallet)
        balance = self._main.get_by_role("region", name="Balance")
        expect(balance).to_contain_text(money(amount))

    @property
    def _code(self) -> Locator:
        return self._main.get_by_label("Code from the message", exact=True)

    def _button(self, label: str) -> Locator:
        return self._main.get_by_role("button", name=label, exact=True)

    def _tile(self, caption: str) -> Locator:
        tiles = self._main.get_by_role("listitem")
        return tiles.get_by_role("link", name=caption, exact=True)
