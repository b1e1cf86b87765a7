"""What the shop sells, in which order, and what a search finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.refusal import NotFound
from mock_sites.shop.base import Base
from mock_sites.shop.domain.catalogue import Catalogue, folded
from mock_sites.shop.store import CategoryRow, ProductRow

GOODS = """
[[categories]]
slug = "sweets"
name = "Sweets"

[[categories]]
slug = "dishes"
name = "Посуда"

[[products]]
slug = "toffee"
category = "sweets"
name = "Toffee"
price = "10.50"
description = "Soft, with Salt."

[[products]]
slug = "cup"
category = "dishes"
name = "Чашка"
price = "320.00"
description = "Blue."
"""
ABOUT = {"name": "New", "description": "", "search_text": "new", "price_minor": 1}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'shop.db'}", Base)
    yield database
    database.close()


@pytest.fixture
def goods(tmp_path: Path) -> Path:
    file = tmp_path / "goods.toml"
    file.write_bytes(GOODS.encode())
    return file


@pytest.fixture
def catalogue(database: Database, goods: Path) -> Catalogue:
    catalogue = Catalogue(database)
    catalogue.fill_from(goods)
    return catalogue


def slugs(products: Iterable[CategoryRow | ProductRow]) -> list[str]:
    return [one.slug for one in products]


def test_a_file_of_goods_is_put_on_sale_as_it_says(catalogue: Catalogue) -> None:
    toffee, cup = catalogue.products()

    assert (toffee.slug, toffee.name, toffee.description) == (
        "toffee",
        "Toffee",
        "Soft, with Salt.",
    )
    assert (str(toffee.price), str(cup.price)) == ("10.50 RUB", "320.00 RUB")
    assert (toffee.category.name, cup.category.name) == ("Sweets", "Посуда")
    assert toffee.on_sale


def test_a_shop_that_sells_something_takes_no_file_of_goods(
    catalogue: Catalogue, goods: Path
) -> None:
    goods.write_text(GOODS.replace("toffee", "fudge"))

    catalogue.fill_from(goods)

    assert slugs(catalogue.products()) == ["toffee", "cup"]


def test_categories_and_products_come_in_the_shops_own_order(
    catalogue: Catalogue, database: Database
) -> None:
    with database.transaction() as session:
        session.add(CategoryRow(slug="first", name="First", position=-1))
        session.flush()
        session.add(ProductRow(slug="new", category_slug="first", position=-1, **ABOUT))

    assert slugs(catalogue.categories()) == ["first", "sweets", "dishes"]
    assert slugs(catalogue.products()) == ["new", "toffee", "cup"]


def test_a_category_has_its_own_products(catalogue: Catalogue) -> None:
    assert catalogue.category("dishes").name == "Посуда"
    assert slugs(catalogue.products("dishes")) == ["cup"]
    assert slugs(catalogue.products("sweets", "cup")) == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["toffee", "cup"]),
        ("TOFFEE", ["toffee"]),
        ("salt soft", ["toffee"]),
        ("salt blue", []),
        ("чашкА", ["cup"]),
        ("toff", ["toffee"]),
        ("%", []),
    ],
)
def test_a_search_finds_what_has_all_its_words_in_name_or_description(
    catalogue: Catalogue, search: str, found: list[str]
) -> None:
    assert slugs(catalogue.products(search=search)) == found


@pytest.mark.parametrize("search", ["tasse", "bleu", "чашка blue", "TASSE blue"])
def test_a_search_looks_into_the_customers_language_too(catalogue: Catalogue, search: str) -> None:
    french = {"Чашка": "Tasse", "Blue.": "Bleu."}

    found = catalogue.products(search=search, in_words=lambda text: french.get(text, text))

    assert slugs(found) == ["cup"]
    assert slugs(catalogue.products(search="tasse")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("STRASSE", "straße"),
        ("Ｔｅａ", "tea"),
        ("ЧАЙ", "чай"),
        ("é", "E\N{COMBINING ACUTE ACCENT}"),
    ],
)
def test_texts_are_compared_without_case_and_way_of_writing(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_price_is_asked_from_now_on(catalogue: Catalogue) -> None:
    catalogue.reprice("toffee", 999)

    assert str(catalogue.product("toffee").price) == "9.99 RUB"
    assert str(catalogue.product("cup").price) == "320.00 RUB"


def test_a_withdrawn_product_is_not_listed_and_can_come_back(catalogue: Catalogue) -> None:
    catalogue.offer("toffee", on_sale=False)
    listed, still_known = slugs(catalogue.products()), catalogue.product("toffee")
    catalogue.offer("toffee", on_sale=True)

    assert (listed, still_known.on_sale) == (["cup"], False)
    assert slugs(catalogue.products()) == ["toffee", "cup"]


def test_what_the_shop_does_not_have_is_not_found(catalogue: Catalogue) -> None:
    with pytest.raises(NotFound):
        catalogue.category("cars")
    with pytest.raises(NotFound):
        catalogue.product("car")
    with pytest.raises(NotFound):
        catalogue.reprice("car", 1)
    with pytest.raises(NotFound):
        catalogue.offer("car", on_sale=True)


@pytest.mark.parametrize("text", ["cup", "Чашка"])
def test_a_product_is_found_by_slug_and_by_name(catalogue: Catalogue, text: str) -> None:
    assert catalogue.named(text).slug == "cup"


@pytest.mark.parametrize("text", ["", "Cup", "чашка"])
def test_no_other_text_names_a_product(catalogue: Catalogue, text: str) -> None:
    with pytest.raises(NotFound):
        catalogue.named(text)
