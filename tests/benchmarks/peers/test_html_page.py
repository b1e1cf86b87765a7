"""A page is read, and its forms are sent, as a walk over HTTP needs."""

from __future__ import annotations

import pytest

from benchmarks.peers.html_page import HtmlPage, Submission

PAGE = """<!doctype html>
<nav><a href="/pay">Pay</a></nav>
<main>
  <h1>Steam</h1>
  <h2 id="games">Games</h2><ul aria-labelledby="games"><li><a href="to/steam">Steam</a></li></ul>
  <h2 id="fines">Fines</h2><ul aria-labelledby="fines"></ul>
  <section aria-labelledby="balance"><h2 id="balance">Balance</h2><p>RUB 1,000.00</p></section>
  <form method="post" action="check">
    <input type="hidden" name="key" value="k1">
    <label for="code">Code</label><input id="code" name="code" required>
    <label for="note">Note</label><input id="note" name="note" value="as it was">
    <button>Confirm</button>
    <button name="way" value="later">Later</button>
  </form>
  <form><button>Search</button></form>
</main>"""


@pytest.fixture
def steam() -> HtmlPage:
    return HtmlPage("http://wallet.example/pay/", PAGE)


def test_links_are_found_by_place_and_label(steam: HtmlPage) -> None:
    assert steam.menu_link("Pay") == "http://wallet.example/pay"
    assert steam.tile_link("Steam") == "http://wallet.example/pay/to/steam"
    with pytest.raises(AssertionError, match="0 elements"):
        steam.tile_link("Pay")


def test_a_form_is_sent_with_its_hidden_and_filled_fields(steam: HtmlPage) -> None:
    steam.fill_in("Code", "123456")
    data = {"key": "k1", "code": "123456", "note": "as it was"}
    url = "http://wallet.example/pay/check"
    assert steam.submission("Confirm") == Submission("POST", url, data)
    assert steam.submission("Later") == Submission("POST", url, data | {"way": "later"})


def test_a_form_without_attributes_gets_its_own_page(steam: HtmlPage) -> None:
    assert steam.submission("Search") == Submission("GET", "http://wallet.example/pay/", {})


def test_only_a_required_field_is_required(steam: HtmlPage) -> None:
    assert steam.is_required("Code")
    assert not steam.is_required("Note")


def test_only_a_group_with_a_link_has_one(steam: HtmlPage) -> None:
    assert steam.has_link_in("Games")
    assert not steam.has_link_in("Fines")


def test_texts_are_read_where_they_stand(steam: HtmlPage) -> None:
    assert steam.heading() == "Steam"
    assert steam.region("Balance") == "BalanceRUB 1,000.00"
    assert steam.shows("RUB 1,000.00")
    assert not steam.shows("1,000.00")
    assert steam.says(r"1,000\.00")
    assert not steam.says("2,000")


def test_a_button_that_stands_twice_is_an_error() -> None:
    twice = HtmlPage("http://wallet.example/", PAGE.replace("Later", "Confirm"))
    with pytest.raises(AssertionError, match="2 elements"):
        twice.submission("Confirm")
