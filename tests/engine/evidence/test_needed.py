"""What a scenario needs is known from its steps, before any of them runs."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from pytest_bdd.feature import get_features
from pytest_bdd.parser import Scenario

import steps
from checkout_conformance.content import content
from checkout_conformance.data import DescribedData
from checkout_conformance.evidence.needed import lacking, needs_of, with_time_together
from checkout_conformance.project import FEATURES
from checkout_conformance.reporting.explain_data import explained
from checkout_conformance.targets.needed import Need, asks, declared_by
from checkout_conformance.targets.target import Target

FAILURES = FEATURES / "wallet" / "paying_a_shop_invoice_failures.feature"


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    for name in steps.NOUNS:
        import_module(f"steps.{name}")
    [feature] = get_features([str(FAILURES)])
    return {one.name: one.render({}) for one in feature.scenarios.values()}


def test_declared_needs_and_quoted_words_are_found(scenarios: dict[str, Scenario]) -> None:
    needs = needs_of(scenarios["Without a notification the shop asks the wallet by itself"])
    assert Need("faults", "wallet") in needs
    assert Need("clock", seconds=60) in needs
    assert Need("records") in needs
    assert Need("balances") in needs
    assert Need("Felt slippers") in needs


def test_what_one_site_lacks_is_missing_there_only(scenarios: dict[str, Scenario]) -> None:
    needs = needs_of(scenarios["Without a notification the shop asks the wallet by itself"])
    of_shop = Target("x", "en", lacks_of={"shop": frozenset({"faults"})})
    of_wallet = Target("x", "en", lacks_of={"wallet": frozenset({"faults"})})
    assert lacking(needs, of_shop) == []
    assert lacking(needs, of_wallet) == [Need("faults", "wallet")]


@pytest.mark.parametrize(
    ("file", "name", "site"),
    [
        ("checking_a_card_with_a_cent_failures", "The link is not final before", "vault"),
        ("checking_a_card_with_a_cent_failures", "A cent that is asked for again", "vault"),
        ("linking_through_the_vault_challenges", "Another try after", "acs"),
    ],
)
def test_a_fault_is_asked_of_the_site_that_has_it(file: str, name: str, site: str) -> None:
    for module in steps.NOUNS:
        import_module(f"steps.{module}")
    [feature] = get_features([str(FEATURES / "cards" / f"{file}.feature")])
    [found] = [one for one in feature.scenarios.values() if one.name.startswith(name)]
    needs = needs_of(found.render({"fails": "refuses"}))
    own = Target("x", "en", lacks_of={site: frozenset({"faults"})})
    assert lacking(needs, own) == [Need("faults", site)]


@pytest.mark.parametrize(
    "name",
    ["The shop says that the wallet does not answer", "Once the wallet works again, there is one"],
)
def test_an_order_without_the_wallet_is_asked_for_only_where_it_is_offered(name: str) -> None:
    for module in steps.NOUNS:
        import_module(f"steps.{module}")
    [feature] = get_features([str(FAILURES)])
    [found] = [one for one in feature.scenarios.values() if one.name.startswith(name)]
    needs = needs_of(found.render({"fails": "is down"}))
    of_shop = Target("x", "en", lacks_of={"shop": frozenset({"late invoices"})})
    assert lacking(needs, of_shop) == [Need("late invoices", "shop")]
    assert lacking(needs, Target("x", "en")) == []


def test_the_needs_are_explained(scenarios: dict[str, Scenario]) -> None:
    data: DescribedData = content().data.reference()
    target = Target("ours", "en", lacks=frozenset({"clock"}), longest_wait=10)
    lines = list(explained([*scenarios.values()], target, data))
    assert "  products.Felt slippers.price = 1190.00" in lines
    assert not any("Porcelain teapot" in line for line in lines)
    waits = {line.partition(":")[0]: line for line in lines if line.startswith("  clock ")}
    assert waits["  clock (to wait 60 s)"].endswith("(not offered)")
    assert not waits["  clock (to wait 10 s)"].endswith("(not offered)")
    assert any(line.startswith("  faults (of the shop): ") for line in lines)
    assert lines[-1].startswith("Scenarios that this target does not offer: ")


def test_a_capability_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="no capability weather"):
        asks("weather")


def test_only_the_clock_can_be_waited_for_in_its_stead() -> None:
    @asks("challenges", "clock", span=timedelta(seconds=60))
    def step() -> None: ...

    own = Target("own", "en", lacks=frozenset({"challenges", "clock"}), longest_wait=90)
    assert lacking([*declared_by(step, {})], own) == [Need("challenges")]


@pytest.mark.parametrize(
    ("waits", "whole"), [((10, 20), 30), ((10, None), None), ((0,), 0)], ids=str
)
def test_the_waits_of_a_scenario_are_one_need(
    waits: tuple[float | None, ...], whole: float | None
) -> None:
    needs = [Need("records"), *(Need("clock", seconds=seconds) for seconds in waits)]
    assert with_time_together(needs) == [Need("records"), Need("clock", seconds=whole)]


@pytest.mark.parametrize(
    ("seconds", "is_offered"), [(10, True), (10.5, False), (None, False)], ids=str
)
def test_a_short_time_can_be_waited_for(seconds: float | None, is_offered: bool) -> None:
    own = Target("own", "en", lacks=frozenset({"clock"}), longest_wait=10)
    needs = [Need("clock", seconds=seconds)]
    assert (lacking(needs, own) == []) is is_offered
    assert lacking(needs, Target("mock", "en")) == []


def test_the_reason_says_how_long(scenarios: dict[str, Scenario]) -> None:
    assert str(Need("clock", seconds=90)) == "clock (to wait 90 s)"
