"""Things are found by their names, wherever a right site puts them, on both drivers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Error, TimeoutError

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator
from checkout_conformance.drivers.site import Site
from checkout_conformance.targets.target import Target
from tests.engine.drivers.specification.conftest import Tab
from tests.support.recording_site import RecordingSite

PATIENCE_MS = 500
FRAME = "<header><a href='/home' id=logo>Shop</a></header>{menu}{content}<footer>{footer}</footer>"
MENU = "<nav><a id=menu href='/pay'>Pay</a></nav>"
FOOTER = "<a id=footer href='/pay'>Pay</a>"


@pytest.fixture
def open_page(fresh: Tab, site: RecordingSite) -> Callable[[str], Site]:
    """Open a page with this source, as a page of a site."""

    def open_page(source: str) -> Site:
        site.serve("/", source)
        fresh.goto(site.url())
        return Site(fresh, Target("staging", "en"))

    return open_page


def ids(found: Locator) -> list[str | None]:
    """The ids of what is found now."""
    return [one.get_attribute("id") for one in found.all()]


CONTROLS: Sequence[tuple[str, list[str]]] = [
    ("<main><button id=a>Pay</button></main>", ["a"]),
    ("<main><a id=a href='/x'>Pay</a></main>", ["a"]),
    ("<main><button id=a>Pay 1 190 ₽</button></main>", ["a"]),
    # An exact name wins, then one without other words.
    ("<main><button id=a>Pay later</button><button id=b>Pay</button></main>", ["b"]),
    ("<main><button id=a>Pay later</button><button id=b>Pay RUB 5.00</button></main>", ["b"]),
    ("<main><button id=a>Why pay?</button><button id=b>Pay Samovar</button></main>", ["b"]),
    ("<main><button id=a>Payments</button></main>", []),
    # The visible one of several.
    ("<main><button id=a hidden>Pay</button><button id=b>Pay</button></main>", ["b"]),
    # Two links to the same page are one to a buyer.
    ("<main><a id=a href='/x'>Pay</a> <a id=b href='/x'>Pay</a></main>", ["a"]),
    ("<main><a id=a href='/x'>Pay</a> <a id=b href='/y'>Pay</a></main>", ["a", "b"]),
    # A button does what the page is for; a link of the same name promotes something.
    ("<main><a id=a href='/x'>Pay</a> <button id=b>Pay</button></main>", ["b"]),
    ("<main><form><button id=a>Pay</button> <button id=b>Pay</button></form></main>", ["a"]),
    (
        "<main><form><button id=a>Pay</button><button id=b name=x>Pay</button></form></main>",
        ["a", "b"],
    ),
    (
        "<main><form><button id=a>Pay</button></form><form><button id=b>Pay</button></form></main>",
        ["a", "b"],
    ),
    # Without a main, what frames the content does not count.
    ("<section><button id=a>Pay</button></section>", ["a"]),
    ("<div><header><button id=a>Pay</button></header></div>", []),
    ("<section><header><button id=a>Pay</button></header></section>", ["a"]),
    ("<p>Nothing</p>", []),
    ("<main>A shop</main><div role=dialog><button id=a>Pay</button></div>", ["a"]),
]


@pytest.mark.parametrize(("content", "found"), CONTROLS)
def test_a_control_is_found_in_the_content(
    open_page: Callable[[str], Site], content: str, found: list[str]
) -> None:
    site = open_page(FRAME.format(menu=MENU, content=content, footer=FOOTER))
    assert ids(site.control("Pay")) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (FRAME.format(menu=MENU, content="<main></main>", footer=FOOTER), "menu"),
        ("<header><a href='/p' id=a>Pay</a></header><main></main>" + FOOTER, "a"),
        ("<div><a href='/p' id=a>Pay</a></div><main></main><footer>" + FOOTER + "</footer>", "a"),
        ("<nav><button id=a>Pay</button></nav>", "a"),
        ("<nav><a href='/p' id=a>Pay (2)</a></nav>", "a"),
        ("<nav><a href='/x' id=x>Home</a></nav><div><a href='/p' id=a>Pay</a></div>", "a"),
        ("<main></main><footer>" + FOOTER + "</footer>", "footer"),
    ],
)
def test_an_entry_of_the_menu_is_found_where_the_site_has_its_menu(
    open_page: Callable[[str], Site], source: str, found: str
) -> None:
    assert ids(open_page(source).menu_entry("Pay")) == [found]


def test_a_folded_menu_is_opened_first(
    open_page: Callable[[str], Site], site: RecordingSite
) -> None:
    site.serve("/cart", "<h1>Cart</h1>")
    menu = "<details><summary>Menu</summary><a href='/cart'>Cart</a></details>"
    shop = open_page(f"<nav>{menu}</nav><main><a href='/other'>Cart</a></main>")
    shop.open_in_menu("Cart")
    assert site.last.path == "/cart"


@pytest.mark.parametrize(("entries", "shown"), [("<a href='/pay'>Pay</a>", 1), ("Nothing", 0)])
def test_an_entry_of_a_folded_menu_is_shown(
    open_page: Callable[[str], Site], entries: str, shown: int
) -> None:
    fold = f"<details><summary>Menu</summary>{entries}</details>"
    shop = open_page(f"<nav>{fold}</nav><main>A page</main>")
    assert not shop.menu_entry("Pay").count()
    shop.show_in_menu("Pay")
    assert shop.menu_entry("Pay").count() == shown
    # It does not fold it again.
    shop.show_in_menu("Pay")
    assert shop.menu_entry("Pay").count() == shown


VIEW = "<a href='/{0}' id={0}>View</a>"
PROMOTION = f"<section aria-label=Promotion>{VIEW.format('promotion')}</section>"


@pytest.mark.parametrize(
    "notice",
    [
        f"<section aria-label='Unpaid invoices'>{VIEW.format('notice')}</section>",
        f"<dialog open aria-label='Unpaid invoices (2)'>{VIEW.format('notice')}</dialog>",
        f"<div><div><h2>Unpaid invoices: 2</h2></div><p>{VIEW.format('notice')}</p></div>",
        # No part has the name: there is but one View.
        f"<p>To pay: 2</p>{VIEW.format('notice')}",
    ],
)
def test_a_control_belongs_to_its_part_of_the_page(
    open_page: Callable[[str], Site], notice: str
) -> None:
    promotion = "" if "To pay" in notice else PROMOTION
    site = open_page(f"<main><h1>Home</h1>{promotion}<div>{notice}</div></main>")
    assert ids(site.control("View")) == ["notice"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<section id=a aria-label=Balance>5</section>", ["a"]),
        ("<section id=a aria-labelledby=h><h2 id=h>Balance</h2></section>", ["a"]),
        ("<section id=a aria-label='Your balance'>5</section>", ["a"]),
        ("<div id=o><div id=a><h3>Balance</h3>5</div></div>", ["a"]),
        # The part comes before the list in it that has the same name.
        ("<section id=a aria-label=Balance><ul aria-label=Balance></ul></section>", ["a"]),
        ("<ul id=a aria-label=Balance></ul>", ["a"]),
        ("<section aria-label=Balances>5</section>", []),
    ],
)
def test_a_part_is_found_by_its_name_or_by_its_heading(
    open_page: Callable[[str], Site], content: str, found: list[str]
) -> None:
    assert ids(open_page(f"<main><h1>Home</h1>{content}</main>").part("Balance")) == found


def test_what_is_inside_a_part_is_found_by_name(open_page: Callable[[str], Site]) -> None:
    site = open_page(
        "<main><div><h2>My Alipay</h2><p><a id=a href='/a'>Account (1)</a></p></div>"
        "<div><h2>Other</h2><a href='/b'>Account</a></div></main>"
    )
    found = site.control_in(site.part("My Alipay"), "Account")
    assert ids(found) == ["a"]
    expect(found).to_be_visible()
    expect(site.part("My Alipay").get_by_role("link")).to_have_count(1)
    expect(site.control_in(site.part("Balance"), "Account")).to_be_hidden(timeout=PATIENCE_MS)


def test_any_announcement_tells_the_buyer_something(open_page: Callable[[str], Site]) -> None:
    site = open_page("<main><p role=status></p><p role=alert>Sorry, no.</p></main>")
    assert site.announcements.all()[0].inner_text() == "Sorry, no."
    assert site.says("Nothing was paid.").count() == 1
    site = open_page("<main><p role=status></p><p>Welcome</p></main>")
    assert site.says("Nothing was paid.").count() == 0


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<label>Password <input id=a></label>", ["a"]),
        ("<label>Password * <input id=a></label><label>Old password <input id=b></label>", ["a"]),
        ("<section aria-label=Password><label>Password: <input id=a></label></section>", ["a"]),
        ("<input id=a aria-label='Password (8 characters)'>", ["a"]),
        ("<label>Passwords <input></label>", []),
    ],
)
def test_a_field_is_found_by_its_label(
    open_page: Callable[[str], Site], content: str, found: list[str]
) -> None:
    assert ids(open_page(f"<main>{content}</main>").field("Password")) == found


def test_switches_and_tick_boxes_are_ticked_alike(open_page: Callable[[str], Site]) -> None:
    for kind in ("", "role=switch"):
        site = open_page(f"<main><label><input type=checkbox {kind}>Save card *</label></main>")
        site.tick_box("Save card")
        assert site.field("Save card").is_checked()


def test_what_is_missing_is_named_by_its_label(open_page: Callable[[str], Site]) -> None:
    site = open_page("<main>Nothing</main>")
    site.page.set_default_timeout(PATIENCE_MS)
    with pytest.raises(TimeoutError, match='waiting for button or link "Pay"'):
        site.press("Pay")
    with pytest.raises(AssertionError, match='waiting for field "Password"'):
        expect(site.field("Password")).to_be_visible(timeout=PATIENCE_MS)
    expect(site.control("Pay")).to_be_hidden(timeout=PATIENCE_MS)
    expect(site.control("Pay")).to_have_count(0, timeout=PATIENCE_MS)


def test_several_that_can_be_meant_are_not_guessed(open_page: Callable[[str], Site]) -> None:
    site = open_page("<main><button>Pay soon</button><button>Pay then</button></main>")
    with pytest.raises(Error, match="strict mode violation"):
        site.press("Pay")


def test_a_thing_that_is_there_is_not_hidden(open_page: Callable[[str], Site]) -> None:
    site = open_page("<main><button>Pay 5 ₽</button></main>")
    with pytest.raises(AssertionError, match="to be hidden"):
        expect(site.control("Pay")).to_be_hidden(timeout=PATIENCE_MS)
