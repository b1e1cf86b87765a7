"""A twin has data of its own, as a site has that a target file describes."""

from __future__ import annotations

import pytest

from checkout_conformance.content import content
from checkout_conformance.data import CURRENT, DataMistakes
from checkout_conformance.targets.values import CAPABILITIES
from checkout_conformance.twins.collection import twins_named


def price_of(product: str) -> str:
    return str(CURRENT.of(content().data).model_dump()["products"][product]["price"])


def test_the_data_of_a_twin_is_used_as_long_as_it_runs() -> None:
    [dearer] = twins_named(["prices-are-higher"])
    before = price_of("Felt slippers")
    with CURRENT.overridden(dearer.data, content().data):
        assert price_of("Felt slippers") == "1290.00"
    assert price_of("Felt slippers") == before == "1190.00"


def test_a_twin_names_only_data_that_the_features_need() -> None:
    for twin in twins_named():
        content().data.reference().overridden(twin.data)


def test_a_twin_lacks_only_what_a_target_can_lack() -> None:
    lacking = {lack for twin in twins_named() for lack in twin.lacks}
    assert lacking
    assert lacking <= CAPABILITIES.keys()


def test_data_that_no_feature_needs_is_a_mistake() -> None:
    wrong = {"products": {"A boat": {"price": "1.00"}}}
    with pytest.raises(DataMistakes, match="A boat"), CURRENT.overridden(wrong, content().data):
        pass
