"""Page objects find what a clause is about on pages that are built in different ways."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from checkout_conformance.targets.target import Target
from steps.address import is_chosen
from steps.pages.invoices import Invoices
from steps.pages.phone import Phone
from steps.pages.shop import Shop
from steps.pages.shop_cards import ShopCards
from steps.pages.shop_mobile import ShopMobile
from steps.pages.wallet import Wallet
from tests.support.opened_page import opened
from tests.support.recording_site import RecordingSite

TARGET = Target("mock", "en")
MEANS = "<li><button>Visa QIWI Wallet</button><li><button disabled>Pay in parts</button>"
QUESTION = "<fieldset><legend>How would you like to pay?</legend><ul>{}</ul></fieldset>"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (QUESTION.format(MEANS), 0),
        (QUESTION.format(MEANS) + "<button>Pay</button>", 1),
        (QUESTION.format(MEANS) + "<button>Pay RUB 1,190.00</button>", 1),
        (QUESTION.format(MEANS) + "<button>Pay Samovar shop</button>", 1),
        (QUESTION.format(f"{MEANS}<li><button>Pay</button>"), 1),
    ],
)
def test_a_payment_method_is_no_pay(site: RecordingSite, content: str, found: int) -> None:
    assert Invoices(opened(site, content), TARGET).pay_at_once.count() == found


STEAM = "<li><a href='/steam'><img src='/steam.svg' alt=''>Steam</a>"
CIRCLE = "<li><a href='/circle'><img src='/circle.svg' alt=''>Circle</a>"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (f"<ul>{STEAM}{CIRCLE}</ul>", 1),
        (f"<ul>{STEAM}</ul>", 0),
        (f"<section><h2>Social networks</h2><ul>{CIRCLE}</ul></section>", 1),
        (f"<section><h2>Games</h2><ul>{STEAM}{CIRCLE}</ul></section>", 0),
        (f"<section><h2>Networks</h2><ul>{CIRCLE}</ul></section>", 0),
    ],
)
def test_a_group_needs_no_heading_if_no_group_has_one(
    site: RecordingSite, content: str, found: int
) -> None:
    wallet = Wallet(opened(site, content), TARGET)
    assert wallet.some_tile_of("Social networks").count() == found


def test_a_block_is_opened_by_the_button_in_its_heading(site: RecordingSite) -> None:
    fold = "<button type=button aria-expanded=false>Payment methods</button>"
    tab = opened(site, f"<section><h2>{fold}</h2><div hidden>Card</div></section>")
    # Its script does not run here.
    with pytest.raises(pytest.skip.Exception, match="script"):
        ShopCards(tab, TARGET).open_block("Payment methods")


def test_a_block_is_opened_by_its_heading(site: RecordingSite) -> None:
    block = "<details><summary><h2>Payment methods</h2></summary><p>Card</p></details>"
    cards = ShopCards(opened(site, f"<section>{block}</section>"), TARGET)
    cards.open_block("Payment methods")
    assert cards.main.get_by_text("Card", exact=True).is_visible()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<div role=log><ol><li>Code 1<li>Code 2</ol></div>", 2),
        ("<article><h2>QIWI</h2>Code 1</article><article><h2>QIWI</h2>Code 2</article>", 2),
        ("<table><tr><th>From<th>Text<tr><td>QIWI<td>Code 1</table>", 1),
        ("<p>No messages yet.</p>", 0),
    ],
)
def test_messages_are_counted_however_they_are_listed(
    site: RecordingSite, content: str, found: int
) -> None:
    assert Phone(opened(site, content), TARGET).messages.count() == found


SITES = ("http://shop.test/", "http://vault.test/")


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/orders", False),
        ("http://shop.test/away", True),
        ("http://vault.test/cards", True),
        ("http://help.test/", False),
        ("mailto:shop@example.test", False),
        ("http://[no address", False),
    ],
)
def test_a_link_leads_to_the_sites_or_elsewhere(
    site: RecordingSite, address: str, leads: bool
) -> None:
    cards = ShopCards(opened(site, f"<a href='{address}'>On</a>"), TARGET)
    assert cards.leads_to(cards.main.get_by_role("link"), *SITES) == leads


def test_a_link_of_the_page_leads_to_its_own_site(site: RecordingSite) -> None:
    cards = ShopCards(opened(site, "<a href='/away'>On</a>"), TARGET)
    assert cards.leads_to(cards.main.get_by_role("link"), site.url("/"))


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("http://wallet.test/pay?successUrl=http%3A%2F%2Fshop.test%2F1", "http://shop.test/1"),
        ("http://wallet.test/pay?x=1#successUrl=2", None),
        ("http://[no address?successUrl=%2F1", "/1"),
    ],
)
def test_the_address_to_return_to_is_read_from_the_link(
    site: RecordingSite, link: str, address: str | None
) -> None:
    shop = Shop(opened(site, f"<a href='{link}'>Open the wallet</a>"), TARGET)
    assert shop.return_address() == address


CHOSEN = "<section><h2>Delivery address</h2><p>Arbat Lane 7, Moscow</p>{0}</section>"
CHANGE = "<a href='/addresses'>Change</a>"
CHOICES = (
    "<label><input type=radio name=a {0}>Arbat Lane 7</label>"
    "<label><input type=radio name=a {1}>Kremlin Street 3</label>"
)


@pytest.mark.parametrize(
    ("content", "street", "chosen"),
    [
        (CHOSEN.format(CHANGE), "Arbat Lane 7", True),
        (CHOSEN.format(CHANGE), "Kremlin Street 3", False),
        (CHOSEN.format(""), "Arbat Lane 7", False),
        (CHOSEN.format(CHOICES.format("checked", "")), "Arbat Lane 7", True),
        (CHOSEN.format(CHOICES.format("", "checked") + CHANGE), "Arbat Lane 7", False),
    ],
)
def test_the_chosen_address_is_ticked_or_stands_alone(
    site: RecordingSite, content: str, street: str, chosen: bool
) -> None:
    shop = ShopMobile(opened(site, content), TARGET)
    with nullcontext() if chosen else pytest.raises(AssertionError):
        is_chosen(shop, street)
