"""In which language a site speaks: its pages, its refusals, its messages to the phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from checkout_conformance.targets.glossary import Glossary
from mock_sites.phone import create_phone
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.settings import StackSettings
from tests.support.shared_keys import shared_keys
from tests.support.shop_fixture import ShopFixture, shop_fixture, words
from tests.support.wallet_fixture import ERROR, WalletFixture

LANGUAGES = [("en", "ltr"), ("ru", "ltr"), ("ar", "rtl")]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ShopFixture]:
    with shop_fixture(tmp_path) as fixture:
        yield fixture


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[FlaskClient]:
    ports = {"wallet": 1, "shop": 2, "phone": 3}
    site = create_phone(StackSettings(data=tmp_path, ports=ports, keys=shared_keys()), Clock())
    yield site.app.test_client()
    site.close()


def spoken_on(page: str) -> str:
    """The language and the direction that a page declares."""
    return page.partition("<html ")[2].partition(">")[0]


@pytest.mark.parametrize(
    ("asked_for", "language", "direction"),
    [
        ("ar", "ar", "rtl"),
        ("ar-EG,ar;q=0.9,en;q=0.5", "ar", "rtl"),
        ("de,ru;q=0.8,en;q=0.5", "ru", "ltr"),
        ("de", "en", "ltr"),
        ("", "en", "ltr"),
        ("*", "en", "ltr"),
    ],
)
def test_a_first_visit_is_in_the_language_that_the_browser_asks_for(
    phone: FlaskClient, asked_for: str, language: str, direction: str
) -> None:
    page = phone.get("/", headers={"Accept-Language": asked_for}).text
    assert spoken_on(page) == f'lang="{language}" dir="{direction}"'


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_a_choice_is_remembered_whatever_the_browser_asks_for(
    phone: FlaskClient, language: str, direction: str
) -> None:
    phone.get(f"/?language={language}")
    for path in ("/", "/+79161234567", "/there/is/nothing"):
        page = phone.get(path, headers={"Accept-Language": "ru"}).text
        assert spoken_on(page) == f'lang="{language}" dir="{direction}"'


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing-here", "/cart?language=none"])
def test_every_page_of_the_shop_can_be_switched(shop: ShopFixture, path: str) -> None:
    customer = shop.customer()
    for version in ("desktop", "mobile"):
        customer.open(f"/version/{version}")
        page = customer.open(path)
        assert all(f'hreflang="{language}"' in page for language, _ in LANGUAGES)


@pytest.mark.parametrize(("language", "_direction"), LANGUAGES)
def test_an_error_page_speaks_the_language_of_the_site(
    wallet: WalletFixture, language: str, _direction: str
) -> None:
    buyer = wallet.buyer()
    buyer.open(f"/?language={language}")
    answer = buyer.open("/nothing-here")
    assert answer.status_code == 404
    assert Glossary(language).label("Page not found") in answer.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "RUB\N{NO-BREAK SPACE}150.50 to Steam"),
        ("ru", "150,50\N{NO-BREAK SPACE}₽, получатель: Steam"),
        ("ar", "150.50\N{NO-BREAK SPACE}روبل\N{NO-BREAK SPACE}روسي إلى بخار"),
    ],
)
def test_the_message_to_the_phone_is_in_the_language_of_the_payer(
    wallet: WalletFixture, language: str, said: str
) -> None:
    buyer = wallet.buyer()
    buyer.open(f"/?language={language}")
    buyer.be_sent_code("150.50")
    assert said in wallet.outside.messages[-1]["text"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Expected: 3 to 64 Latin letters"),
        ("ru", "Ожидается: От 3 до 64 латинских букв"),
        ("ar", "المتوقع: من 3 إلى 64 حرفًا لاتينيًا"),
    ],
)
def test_what_a_refusal_mentions_is_translated_with_it(
    wallet: WalletFixture, language: str, said: str
) -> None:
    buyer = wallet.buyer()
    buyer.open(f"/?language={language}")
    page = buyer.send("/pay/to/steam", account="a", amount="150").text
    assert [error for error in ERROR.findall(page) if said in error]


@pytest.mark.parametrize(
    ("language", "search", "slug"),
    [
        ("ar", "شاي أسود", "black-tea"),
        ("ar", "лист", None),
        ("ru", "МЁД июле", "honey"),
        ("ru", "linden", "honey"),
        ("en", "липовый", None),
    ],
)
def test_search_finds_what_the_page_says_and_what_the_shop_wrote(
    shop: ShopFixture, language: str, search: str, slug: str | None
) -> None:
    customer = shop.stranger()
    customer.open(f"/?language={language}")
    page = customer.client.get("/", query_string={"q": search}).text
    assert ('href="/products/' in page) == (slug is not None)
    assert slug is None or f'href="/products/{slug}"' in page


@pytest.mark.parametrize(
    ("pieces", "said"),
    [(1, "1 товар"), (2, "2 товара"), (5, "5 товаров"), (11, "11 товаров")],
)
def test_pieces_in_the_cart_are_counted_in_russian(
    shop: ShopFixture, pieces: int, said: str
) -> None:
    customer = shop.customer()
    customer.open("/?language=ru")
    customer.put_into_cart("teapot", pieces)
    assert said in words(customer.open("/"))


@pytest.mark.parametrize(
    ("language", "phone"),
    [("en", "+7 916 000-00-01"), ("ru", "8 (916) 000-00-01"), ("ar", "+7 916 000-00-01")],
)
def test_a_phone_number_runs_from_left_to_right_on_any_page(
    shop: ShopFixture, language: str, phone: str
) -> None:
    customer = shop.customer()
    customer.open(f"/?language={language}")
    assert f'<bdi dir="ltr">{phone}</bdi>' in customer.open("/profile")


@pytest.mark.parametrize(
    ("name", "street"),
    [
        ("Анна Петрова", "ул. Баумана, 12, кв. 3"),
        ("ليلى حداد", "شارع بومان 12، شقة 3"),
        ("ليلى Petrova", "Bauman улица 12 شقة 3"),
    ],
)
def test_names_and_addresses_of_any_script_are_kept_as_they_were_typed(
    shop: ShopFixture, name: str, street: str
) -> None:
    customer = shop.customer()
    uid = customer.order(recipient=name, street=street, phone="٨ (٩١٦) ١٢٣-٤٥-٦٧")
    page = customer.open(f"/orders/{uid}")
    assert f"<bdi>{name}</bdi>" in page
    assert f"<bdi>{street}, " in page
    assert "+7 916 123-45-67" in page
