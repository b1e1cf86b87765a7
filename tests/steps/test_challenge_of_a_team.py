"""Confirming a card to its issuer may cost money: the press guard sees it on a team's own site."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from checkout_conformance.safety.press_guard import PressGuard
from checkout_conformance.safety.run_record import RunRecord
from checkout_conformance.safety.side_effects import SideEffects
from checkout_conformance.safety.spending_limit import SpendingError, SpendingLimit
from checkout_conformance.targets.target import Target
from steps.pages.challenge import Challenge
from tests.support.opened_page import opened
from tests.support.recording_site import RecordingSite

FORM = (
    "<p>{0}</p><form action=/sent><label>Code from the message <input name=code></label>"
    "<button>Confirm the card</button></form>"
)


def challenge_of(site: RecordingSite, folder: Path, words: str) -> Challenge:
    site.serve("/sent", "<main>Sent</main>")
    made = SideEffects(RunRecord(folder / "made.json", []))
    spent = SpendingLimit({"RUB": Decimal("100.00")}, RunRecord(folder / "spent.json", {}))
    urls, guard = {"acs": site.url()}, PressGuard(spent, made)
    return Challenge(
        opened(site, FORM.format(words)), Target("team", "en", urls=urls, press_guard=guard)
    )


def test_an_amount_within_the_limit_is_confirmed(site: RecordingSite, tmp_path: Path) -> None:
    challenge = challenge_of(site, tmp_path, "Amount: RUB 20.00")
    challenge.answer("123456")
    assert "/sent" in challenge.page.url


@pytest.mark.parametrize("words", ["Amount: RUB 200.00", "Your card"])
def test_too_much_or_no_amount_stops_the_run_before_the_press(
    site: RecordingSite, tmp_path: Path, words: str
) -> None:
    challenge = challenge_of(site, tmp_path, words)
    with pytest.raises(SpendingError):
        challenge.answer("123456")
    assert "/sent" not in challenge.page.url
