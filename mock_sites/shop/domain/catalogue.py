"""The catalogue: what the shop sells, by category and by search."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...shared.runtime.database import Database
from ...shared.values.money import parse_amount
from ...shared.values.refusal import NotFound
from ..store import CURRENCY, CategoryRow, ProductRow

# Built once: the pages of the catalogue are those that are opened most.
CATEGORIES = select(CategoryRow).order_by(CategoryRow.position)
ON_SALE = select(ProductRow).where(ProductRow.on_sale).order_by(ProductRow.position)
ON_SALE_IN_CATEGORY = ON_SALE.where(ProductRow.category_slug == bindparam("category"))
OF_SLUG = select(ProductRow).where(ProductRow.slug == bindparam("slug"))


def folded(text: str) -> str:
    """``text`` without the case of its letters, in any script, to be compared."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


class Catalogue:
    """The shop's products and their categories."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def fill_from(self, file: Path) -> None:
        """Put the products of a TOML file on sale, unless the shop has products already."""
        goods = tomllib.loads(file.read_bytes().decode())
        with self.database.transaction() as session:
            if session.scalar(select(ProductRow.slug)) is None:
                session.add_all(_category(row, n) for n, row in enumerate(goods["categories"]))
                session.flush()
                session.add_all(_product(row, n) for n, row in enumerate(goods["products"]))

    def categories(self) -> Sequence[CategoryRow]:
        """All categories in the shop's own order."""
        with self.database.reading() as session:
            return session.scalars(CATEGORIES).all()

    def category(self, slug: str) -> CategoryRow:
        """One category. Raises NotFound."""
        with self.database.reading() as session:
            found = session.get(CategoryRow, slug)
        if found is None:
            raise NotFound
        return found

    def products(
        self,
        category: str | None = None,
        search: str = "",
        in_words: Callable[[str], str] = str,
    ) -> Sequence[ProductRow]:
        """List the products on sale, in one category or all, that contain every word of ``search``.

        ``in_words`` says a text of the shop in the customer's language, which is searched too.
        """
        wanted = ON_SALE if category is None else ON_SALE_IN_CATEGORY
        with self.database.reading() as session:
            products = session.scalars(wanted, {"category": category} if category else {}).all()
        words = folded(search).split()
        return [one for one in products if not words or _is_found(one, words, in_words)]

    def product(self, slug: str) -> ProductRow:
        """One product, on sale or withdrawn. Raises NotFound."""
        with self.database.reading() as session:
            return product_of(session, slug)

    def named(self, text: str) -> ProductRow:
        """The product of that slug or that English name. Raises NotFound."""
        wanted = (ProductRow.slug == text) | (ProductRow.name == text)
        with self.database.reading() as session:
            found = session.scalar(select(ProductRow).where(wanted))
        if found is None:
            raise NotFound
        return found

    def reprice(self, slug: str, price_minor: int) -> None:
        """Ask another price (minor units) from now on. Raises NotFound."""
        with self.database.transaction() as session:
            product_of(session, slug).price_minor = price_minor

    def offer(self, slug: str, *, on_sale: bool) -> None:
        """Put a product on sale or withdraw it. Raises NotFound."""
        with self.database.transaction() as session:
            product_of(session, slug).on_sale = on_sale


def product_of(session: Session, slug: str) -> ProductRow:
    """The product of that slug. Raises NotFound."""
    product = session.scalar(OF_SLUG, {"slug": slug})
    if product is None:
        raise NotFound
    return product


def _is_found(product: ProductRow, words: Sequence[str], in_words: Callable[[str], str]) -> bool:
    said = folded(f"{in_words(product.name)} {in_words(product.description)}")
    text = f"{product.search_text} {said}"
    return all(word in text for word in words)


def _category(row: dict[str, Any], position: int) -> CategoryRow:
    return CategoryRow(slug=row["slug"], name=row["name"], position=position)


def _product(row: dict[str, Any], position: int) -> ProductRow:
    return ProductRow(
        slug=row["slug"],
        category_slug=row["category"],
        name=row["name"],
        description=row["description"],
        search_text=folded(f"{row['name']} {row['description']}"),
        price_minor=parse_amount(row["price"], CURRENCY).minor,
        position=position,
    )
