"""The data of the features, and what a target file replaces of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.data import CurrentData, DataMistakes, DataTable, DescribedData


class Thing(DataTable):
    price: int
    name: str | None = None


class Goods(DescribedData):
    things: dict[str, Thing]
    colour: str


@pytest.fixture
def goods(tmp_path: Path) -> Goods:
    file = tmp_path / "data.toml"
    file.write_text('colour = "red"\n[things]\n"Felt hat".price = 10\n"Red mug".price = 20\n')
    return Goods.reference(file)


def test_a_key_is_replaced_and_the_others_stay(goods: Goods) -> None:
    other = goods.overridden({"things": {"Red mug": {"price": 25}}})
    assert (other.things["Red mug"].price, other.things["Felt hat"].price) == (25, 10)
    assert other.colour == "red"
    assert goods.things["Red mug"].price == 20


@pytest.mark.parametrize(
    ("tables", "place", "advice"),
    [
        ({"things": {"Felt hut": {"price": 1}}}, ("things", "Felt hut"), "did you mean 'Felt hat'"),
        (
            {"things": {"Red mug": {"prise": 1}}},
            ("things", "Red mug", "prise"),
            "did you mean 'price'",
        ),
        ({"things": {"Red mug": {"price": "much"}}}, ("things", "Red mug", "price"), "integer"),
    ],
)
def test_a_mistake_has_its_place(
    goods: Goods, tables: dict[str, object], place: tuple[str, ...], advice: str
) -> None:
    with pytest.raises(DataMistakes) as error:
        goods.overridden(tables)
    [(where, what)] = error.value.mistakes
    assert where == place
    assert advice in what


def test_the_lines_for_people_have_the_keys(goods: Goods) -> None:
    assert "things.Felt hat.price = 10" in list(goods.lines())


def test_the_current_data_is_that_of_the_target(goods: Goods) -> None:
    current = CurrentData()
    current.use(goods)
    assert current.of(Goods) is goods
