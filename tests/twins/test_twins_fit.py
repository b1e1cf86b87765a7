"""Every twin fits the reference, is named and placed as readers expect, and serves its pages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from checkout_conformance.clauses import read_clauses
from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.collection import touches, twins_named
from checkout_conformance.twins.twin import Collection, Twin
from mock_sites.__main__ import CREATE
from tests.support.shop_fixture import ADDRESS, Customer
from tests.support.twin_fixture import shop_twin, vault_twin, wallet_twin

TWINS = twins_named()
LEAST = 40
WRITTEN_BY_HAND = Path(__file__).parent


def of_site(site: str) -> list[str]:
    return [twin.name for twin in TWINS if twin.site == site]


def test_there_are_at_least_forty() -> None:
    assert len(TWINS) >= LEAST


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_a_twin_says_in_a_sentence_what_is_different(twin: Twin) -> None:
    assert twin.sentence.endswith(".")
    assert "\n" not in twin.sentence
    assert twin.site in CREATE
    assert twin.clauses
    assert set(twin.clauses) <= set(read_clauses())
    assert [clause for clause in twin.clauses if not touches(twin, clause)] == []


def test_no_sentence_stands_twice() -> None:
    told = Counter(twin.sentence for twin in TWINS)
    assert [sentence for sentence, times in told.items() if times > 1] == []


def test_the_difference_of_every_twin_is_tested() -> None:
    sources = "".join(file.read_text("utf-8") for file in WRITTEN_BY_HAND.glob("test_*_twins*.py"))
    tested = {name.replace("_", "-") for name in re.findall(r"def test_(\w+)\(", sources)}
    assert [twin.name for twin in TWINS if twin.name not in tested] == []


def test_two_twins_of_one_name_are_refused() -> None:
    collection = Collection()

    def twice(site: TwinChange) -> None:
        """Different."""

    collection.twin("wallet")(twice)
    with pytest.raises(ValueError, match="twice"):
        collection.twin("wallet")(twice)


@pytest.mark.parametrize("name", of_site("wallet"))
def test_the_pages_of_a_wallet_answer(name: str, tmp_path: Path) -> None:
    with wallet_twin(name, tmp_path) as fixture:
        fixture.issue()
        buyer = fixture.buyer()
        home = buyer.open("/")
        assert "1 unpaid invoice" in home.text
        invoices = buyer.open(link_to(home.text, "invoices|bills"))
        means = buyer.open(link_to(invoices.text, "(?:invoices|bills)/[-0-9a-f]{36}"))
        pay = buyer.open(f"{means.request.path}/pay?means=qw")
        category = buyer.open("/pay/entertainment")
        payee = buyer.send("/pay/to/steam", account="night_owl_42", amount="1000")
        code = buyer.send(payee.request.path)
        pages = [home, invoices, means, pay, buyer.open("/pay"), category, payee, code]
        pages.append(buyer.open("/history"))
        assert [(page.request.path, page.status_code) for page in pages] == [
            (page.request.path, 200) for page in pages
        ]
        assert code.request.path.endswith("/code")


def link_to(page: str, pattern: str) -> str:
    found = re.search(rf'href="(/(?:{pattern}))"', page)
    assert found, f"no link to {pattern} in {page}"
    return found[1]


@pytest.mark.parametrize("name", of_site("shop"))
def test_the_pages_of_a_shop_answer(name: str, tmp_path: Path) -> None:
    with shop_twin(name, tmp_path) as fixture:
        fixture.vault.link(fixture.phone(), "4111111111111111")
        fixture.shop.carts.add(fixture.person().id, "teapot", 1)
        customer = fixture.customer()
        cart = link_to(customer.open("/"), "cart|basket")
        for path in ("/", "/products/teapot", cart, "/orders", "/profile", "/profile/alipay"):
            answers(customer, path)
        answers(customer, bought(customer, cart))
        phone = fixture.customer_on_phone()
        sheet = bought(phone, cart)
        assert sheet.startswith("/mobile/")
        form = {**ADDRESS, "address": "new"}
        payment = phone.send_to(sheet, form, page=sheet).request.path
        assert payment.endswith("/payment")
        for path in ("/", cart, sheet, payment, f"{sheet}/card"):
            answers(phone, path)


def bought(customer: Customer, cart: str) -> str:
    return customer.send_to(cart, {"ticked": ["teapot"]}, page=cart).request.path


def answers(customer: Customer, path: str) -> None:
    assert customer.client.get(path, follow_redirects=True).status_code == 200, path


@pytest.mark.parametrize("name", of_site("vault"))
def test_the_pages_of_a_vault_answer(name: str, tmp_path: Path) -> None:
    with vault_twin(name, tmp_path) as fixture:
        assert fixture.vault()["result"]["resultStatus"] == "S"
        holder = fixture.holder()
        home = holder.open("/")
        cards = link_to(home.text, r"cards|wallet/bank-cards")
        shown = holder.open(cards)
        assert "1111" in shown.text or "4242" in shown.text
        token = re.search(r'(?:name="card" value="|\?card=)([\w-]+)"', shown.text)
        assert token
        pages = [home, shown, holder.open(f"{cards}/new"), holder.open(f"{cards}/{token[1]}/edit")]
        assert [page.status_code for page in pages] == [200] * 4
