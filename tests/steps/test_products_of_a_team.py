"""A team's catalogue without a product that its target file does not describe."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.expectations import PreconditionFailed
from checkout_conformance.safety.press_guard import PressGuard
from checkout_conformance.safety.run_record import RunRecord
from checkout_conformance.safety.side_effects import SideEffects
from checkout_conformance.safety.spending_limit import SpendingLimit
from checkout_conformance.targets.target import Target
from steps.pages.shop import Shop
from tests.support.opened_page import opened
from tests.support.recording_site import RecordingSite

CATALOGUE = "<a href=/mug>Red mug</a>"


def shop_with(site: RecordingSite, guard: PressGuard | None) -> Shop:
    tab = opened(site, CATALOGUE)
    return Shop(tab, Target("team", "en", urls={"shop": site.url()}, press_guard=guard))


def test_a_scenario_cannot_be_tried_and_the_target_file_is_named(
    site: RecordingSite, tmp_path: Path
) -> None:
    made = SideEffects(RunRecord(tmp_path / "made.json", []))
    spent = SpendingLimit({"RUB": Decimal(0)}, RunRecord(tmp_path / "spent.json", []))
    shop = shop_with(site, PressGuard(spent, made))
    with pytest.raises(PreconditionFailed, match=r'"Reading lamp".*\[products\]'):
        shop.open_product("Reading lamp")


def test_on_our_own_site_a_missing_product_stays_its_error(site: RecordingSite) -> None:
    with pytest.raises(PlaywrightTimeout, match="Reading lamp"):
        shop_with(site, None).open_product("Reading lamp")
