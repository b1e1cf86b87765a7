"""Walk W1 with nothing but httpx and lxml: for the raw script, behave and pytest-bdd."""

from __future__ import annotations

import httpx

from benchmarks.peers.html_page import HtmlPage
from benchmarks.peers.sites import Sites, money

CODE = "Code from the message"


class HttpWalk:
    """One buyer's walk, in a fresh session. The client is the same for all walks of a process."""

    def __init__(self, client: httpx.Client, sites: Sites) -> None:
        client.cookies.clear()
        self._client, self._sites = client, sites
        self._buyer = sites.new_buyer()
        self._page: HtmlPage

    def sign_in(self) -> None:
        """Open the wallet and sign in."""
        self._page = self._home()
        self.fill_in("Phone number", self._buyer.phone)
        self.fill_in("Password", self._buyer.password)
        self.press("Sign in")

    def open_in_menu(self, label: str) -> None:
        """Choose an entry of the menu."""
        self._page = self._at(self._page.menu_link(label))

    def sees_categories(self) -> None:
        """The wallet shows what can be paid."""
        self.is_on_page("What would you like to pay?")
        assert self._page.tile_link("Entertainment")

    def open_tile(self, caption: str) -> None:
        """Go where a tile leads."""
        self._page = self._at(self._page.tile_link(caption))

    def is_offered(self, group: str) -> None:
        """A group of payees has at least one."""
        assert self._page.has_link_in(group)

    def is_on_page(self, title: str) -> None:
        """The heading of the page."""
        assert self._page.heading() == title

    def fill_in(self, label: str, value: str) -> None:
        """Write into a field."""
        self._page.fill_in(label, value)

    def press(self, label: str) -> None:
        """Send the form of a button."""
        sent = self._page.submission(label)
        self._page = _page(self._client.request(sent.method, sent.url, data=sent.data))

    def sees(self, text: str) -> None:
        """A text on the page."""
        assert self._page.shows(text)

    def sees_money(self, amount: str) -> None:
        """An amount on the page."""
        assert self._page.says(money(amount).pattern)

    def has_in_another_tab(self, amount: str) -> None:
        """What the wallet holds, looked up beside the payment."""
        assert money(amount).search(self._home().region("Balance"))

    def has_got_code(self) -> None:
        """The code page is there, and so is the message."""
        assert self._sites.code_for(self._buyer)

    def cannot_press(self, _label: str) -> None:
        """The page demands the code. That the button is disabled is the work of a script."""
        assert self._page.is_required(CODE)

    def enter_code(self) -> None:
        """Write the code from the message."""
        self.fill_in(CODE, self._sites.code_for(self._buyer))

    def has_receipt(self, amount: str, payee: str) -> None:
        """The receipt of the payment."""
        receipt = self._page.article()
        assert money(amount).search(receipt)
        assert payee in receipt

    def holds(self, amount: str) -> None:
        """What the wallet holds afterwards."""
        self._page = self._home()
        assert money(amount).search(self._page.region("Balance"))

    def _home(self) -> HtmlPage:
        return self._at(self._sites.wallet_on_loopback)

    def _at(self, url: str) -> HtmlPage:
        return _page(self._client.get(url))


def new_client() -> httpx.Client:
    """A client that goes where it is sent on to, and to no proxy."""
    return httpx.Client(follow_redirects=True, trust_env=False, headers={"Accept-Language": "en"})


def _page(answer: httpx.Response) -> HtmlPage:
    return HtmlPage(str(answer.raise_for_status().url), answer.text)
