"""The difference of every twin of the wallet is there, and the buyer can still pay."""

from __future__ import annotations

import re
import time
from datetime import timedelta

from mock_sites.shared.runtime.clock import Clock
from tests.support.standing_clock import StandingClock
from tests.support.vault_fixture import words
from tests.support.wallet_fixture import WalletFixture, WalletVisitor
from twins.right.answers import SECONDS

STEAM = "/pay/to/steam"


def page(wallet: WalletFixture, path: str) -> str:
    """A page of a buyer with one unpaid invoice."""
    wallet.issue()
    return wallet.buyer().open(path).text


def text(wallet: WalletFixture, path: str) -> str:
    return words(page(wallet, path))


def pay_page(wallet: WalletFixture) -> str:
    return wallet.buyer().open(f"/invoices/{wallet.issue()}/pay?means=qw").text


def code_page(wallet: WalletFixture) -> str:
    buyer = wallet.buyer()
    return buyer.open(buyer.be_sent_code()).text


def pays(wallet: WalletFixture, code: str, buyer: WalletVisitor, path: str) -> bool:
    """Whether the code pays."""
    return "Paid" in buyer.send(path, code=code).text


def test_wallet_fields_have_stars(wallet: WalletFixture) -> None:
    assert '<label for="amount">Amount *</label>' in page(wallet, STEAM)


def test_pay_tells_the_amount(wallet: WalletFixture) -> None:
    assert "<button>Pay RUB\N{NO-BREAK SPACE}200.34</button>" in pay_page(wallet)


def test_pay_names_the_shop(wallet: WalletFixture) -> None:
    assert '>Pay<span class="visually-hidden"> Samovar shop</span></a>' in page(wallet, "/invoices")


def test_view_counts_the_invoices(wallet: WalletFixture) -> None:
    assert ">View (1)</a>" in page(wallet, "/")


def test_tiles_tell_the_fee(wallet: WalletFixture) -> None:
    assert "Steam 0 % fee" in text(wallet, "/pay/entertainment")


def test_categories_count_their_payees(wallet: WalletFixture) -> None:
    assert re.search(r"Entertainment \d", text(wallet, "/pay"))


def test_sign_stands_behind_the_amount(wallet: WalletFixture) -> None:
    assert "200,34\N{NO-BREAK SPACE}₽" in page(wallet, "/invoices")


def test_moments_are_written_as_iso_dates(wallet: WalletFixture) -> None:
    assert re.search(r"<td>\d{4}-\d\d-\d\d \d\d:\d\d</td>", page(wallet, "/invoices"))


def test_payees_have_other_limits(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    assert "100.00 to RUB\N{NO-BREAK SPACE}5,000.00" in buyer.open(STEAM).text
    assert "minimum amount" in buyer.send(STEAM, account="night_owl_42", amount="99").text
    assert buyer.enter("100").endswith("/check")


def test_wallet_has_no_main(wallet: WalletFixture) -> None:
    home = page(wallet, "/")
    assert "<main" not in home
    assert '<section id="content"' in home


def test_wallet_menu_is_no_nav(wallet: WalletFixture) -> None:
    home = page(wallet, "/")
    assert '<nav aria-label="Menu">' not in home
    assert re.search(r'<div class="menu">\s*<ul>[\s\S]+>Pay</a>', home)


def test_wallet_menu_has_buttons(wallet: WalletFixture) -> None:
    entry = r'<form action="/pay"><button class="quiet">(?:<span[^>]*></span>)?Pay</button></form>'
    assert re.search(entry, page(wallet, "/"))


def test_entered_values_stand_in_a_table(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    check = buyer.open(buyer.enter()).text
    assert re.search(r'<th scope="row">Amount</th><td>RUB.150.00</td>', check)
    assert "night_owl_42" in check
    assert "<dl" not in check


def test_invoices_stand_in_a_list(wallet: WalletFixture) -> None:
    invoices = page(wallet, "/invoices")
    assert "<table" not in invoices
    assert re.search(
        r"<li class=\"card\">\s*<h2>Samovar shop</h2>[\s\S]+200.34[\s\S]+>Pay</a>", invoices
    )


def test_logos_are_backgrounds(wallet: WalletFixture) -> None:
    games = page(wallet, "/pay/entertainment")
    assert '<span class="logo steam" role="img" aria-label="Steam"></span>' in games
    assert "<img" not in games
    sheet = wallet.buyer().open("/twin/logos.css")
    assert ".logo.steam { background: url(/logos/steam.svg) }" in sheet.text


def test_promotion_has_a_view(wallet: WalletFixture) -> None:
    home = page(wallet, "/")
    assert re.findall(r'href="([^"]+)">View</a>', home) == ["/history", "/invoices"]


def test_wallet_footer_has_a_pay(wallet: WalletFixture) -> None:
    assert '<footer><a href="/pay">Pay</a>' in page(wallet, "/invoices")


def test_steam_has_a_namesake(wallet: WalletFixture) -> None:
    games = text(wallet, "/pay/entertainment")
    assert games.index("Steam gift cards") < games.index("Steam Dragon")
    gifts = wallet.buyer().open("/pay/to/steam-gift-cards").text
    assert "<h1>Steam gift cards</h1>" in gifts


def test_notice_is_a_dialog(wallet: WalletFixture) -> None:
    home = page(wallet, "/")
    assert re.search(r"<dialog open[\s\S]+1 unpaid invoice[\s\S]+>View</a>[\s\S]+</dialog>", home)
    assert 'class="notice"' not in home


def test_codes_have_four_digits(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    path = buyer.be_sent_code()
    [code] = re.findall(r"\b\d{4}\b", wallet.outside.messages[-1]["text"])
    assert "Four digits" in buyer.open(path).text
    assert "four digits" in buyer.send(path, code="123456").text
    assert pays(wallet, code, buyer, path)


def test_new_message_repeats_the_code(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    path = buyer.be_sent_code()
    _pass(wallet.clock, 60)
    buyer.send(path.replace("/code", "/new-code"), page=path)
    first, second = wallet.outside.codes
    assert first == second
    wrong = f"{(int(first) + 1) % 10**6:06}"
    assert "Wrong code" in buyer.send(path, code=wrong).text
    assert pays(wallet, first, buyer, path)


def _pass(clock: Clock, seconds: int) -> None:
    assert isinstance(clock, StandingClock)
    clock.advance(timedelta(seconds=seconds))


def test_message_begins_with_the_amount(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    path = buyer.be_sent_code()
    message = " ".join(wallet.outside.messages[-1]["text"].split())
    assert message.startswith("RUB 150.00, Steam.")
    assert pays(wallet, wallet.outside.codes[-1], buyer, path)


def test_new_code_stands_in_the_form(wallet: WalletFixture) -> None:
    shown = code_page(wallet)
    assert shown.index("Send a new code") < shown.index('id="code"')


def test_invoices_come_in_pages(wallet: WalletFixture) -> None:
    for number in range(5):
        wallet.issue(f"order-{number}", comment=f"Order {number}")
        _pass(wallet.clock, 1)
    buyer = wallet.buyer()
    first, second = buyer.open("/invoices").text, buyer.open("/invoices?page=2").text
    assert re.findall(r"Order \d", first) == ["Order 4", "Order 3", "Order 2"]
    assert re.findall(r"Order \d", second) == ["Order 1", "Order 0"]
    assert '<a href="?page=2">Next page</a>' in first
    assert "Next page" not in second


def test_unpaid_invoices_have_a_list_of_their_own(wallet: WalletFixture) -> None:
    paid = wallet.issue("order-1", comment="Order 1")
    wallet.pay_bill(wallet.buyer(), paid)
    wallet.issue("order-2", comment="Order 2")
    invoices = words(wallet.buyer().open("/invoices").text)
    assert re.search("Not paid .* Order 2 .* Others .* Order 1 ", invoices)


def test_payees_come_in_reverse(wallet: WalletFixture) -> None:
    games = text(wallet, "/pay/entertainment")
    assert games.index("Dragon Realm") < games.index("Steam")
    assert "Games" in games
    tiles = re.findall(r'href="/pay/([a-z-]+)"><img', page(wallet, "/pay"))
    assert len(tiles) > 2
    assert tiles[-1] == "entertainment"


def test_payees_have_no_groups(wallet: WalletFixture) -> None:
    games = page(wallet, "/pay/entertainment")
    assert "Steam" in games
    assert "<h2" not in games


def test_wallet_has_more_payment_methods(wallet: WalletFixture) -> None:
    means = page(wallet, f"/invoices/{wallet.issue()}")
    names = re.findall(r'name="means"[^>]*>([^<]+)</button>', means)
    assert names[:2] == ["Bonus points", "Pay in parts"]
    assert len(names) == 5
    assert names[-1] == "Visa QIWI Wallet"
    buyer = wallet.buyer()
    answer = wallet.pay_bill(buyer, wallet.issue())
    assert answer.location.endswith("/receipt")


def test_shops_have_their_legal_names(wallet: WalletFixture) -> None:
    assert "Samovar shop LLC" in text(wallet, "/invoices")


def test_wallet_has_other_addresses(wallet: WalletFixture) -> None:
    assert 'href="/bills"' in page(wallet, "/")
    assert wallet.buyer().open("/invoices").status_code == 404
    assert wallet.buyer().enter().startswith("/operations/")


def test_wallet_refuses_by_422(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    answer = buyer.send(STEAM, account="night_owl_42", amount="")
    assert answer.status_code == 422
    assert "Enter the amount." in answer.text
    assert buyer.enter().endswith("/check")


def test_wallet_refuses_in_other_words(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    assert "You cannot pay less than" in buyer.send(STEAM, account="night_owl_42", amount="1").text
    assert "You only have" in buyer.send(STEAM, account="night_owl_42", amount="14000").text
    path = buyer.be_sent_code()
    wrong = f"{(int(wallet.outside.codes[-1]) + 1) % 10**6:06}"
    assert "not the digits that we sent. Tries left: 4." in buyer.send(path, code=wrong).text


def test_wallet_answers_slowly(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    began = time.monotonic()
    buyer.open("/")
    assert time.monotonic() - began >= SECONDS


def test_wallet_is_rendered_by_a_script(wallet: WalletFixture) -> None:
    home = page(wallet, "/")
    assert '<main id="content" tabindex="-1"></main><template id="page">' in home
    assert 'live.js" type="later"' in home
    assert wallet.buyer().open("/twin/render.js").mimetype == "text/javascript"


def test_payment_shows_a_waiting_page(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    path = buyer.be_sent_code()
    waiting = buyer.send(path, code=wallet.outside.codes[-1]).text
    target = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', waiting)
    assert target
    assert "Paid" in buyer.open(target[1]).text
