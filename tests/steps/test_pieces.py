"""The number of pieces of a product, on pages that list a purchase in different elements."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checkout_conformance.expectations import UnmetExpectation
from checkout_conformance.targets.target import Target
from steps.currency import check_pieces
from steps.pages.shop import Shop
from tests.support.opened_page import opened
from tests.support.recording_site import RecordingSite

TARGET = Target("mock", "en")
LAMP = "1 × Reading lamp: RUB 2,500.00"
PRICE = Decimal("1190.00")


@pytest.fixture(autouse=True)
def price_of_slippers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shop, "prices_of", lambda self, product: {PRICE})


@pytest.mark.parametrize(
    "content",
    [
        "<ul><li>Felt slippers 3 × RUB 1,190.00</li><li>{lamp}</li></ul>",
        "<table><tr><td>Felt slippers<td>3</tr><tr><td>{lamp}</tr></table>",
        "<p>Felt slippers, 3 pieces</p><p>{lamp}</p>",
        "<div><b>Felt slippers</b><div>3 × RUB 1,190.00</div></div><div>{lamp}</div>",
        "<ul><li>Felt slippers: RUB 3,570.00</li><li>{lamp}</li></ul>",
        "<p>Felt slippers: RUB 3,570.00</p><p>{lamp}</p>",
    ],
)
def test_three_pieces_are_found(site: RecordingSite, content: str) -> None:
    shop = Shop(opened(site, content.format(lamp=LAMP)), TARGET)
    check_pieces(shop, shop.main, "Felt slippers", 3)


@pytest.mark.parametrize(
    "content",
    [
        "<ul><li>Felt slippers 1 × RUB 1,190.00</li><li>3 × Reading lamp</li></ul>",
        "<ul><li>Felt slippers 1 × RUB 1,190.00: RUB 3,570.00</li></ul>",
        "<p>Felt slippers: RUB 1,190.00</p><p>{lamp}</p>",
        "<p>Felt slippers: RUB 3,190.00, 13 pieces</p>",
    ],
)
def test_another_number_of_pieces_is_noticed(site: RecordingSite, content: str) -> None:
    shop = Shop(opened(site, content.format(lamp=LAMP)), TARGET)
    with pytest.raises(UnmetExpectation, match="3 pieces of 'Felt slippers' are there"):
        check_pieces(shop, shop.main, "Felt slippers", 3)
