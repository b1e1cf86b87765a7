"""Why a scenario was skipped is read from its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkout_conformance.reporting.skips import not_offered_in, not_tried_in
from tests.support.sample_evidence import NOT_OFFERED, NOT_TRIED, ran

SKIPPED = ran("a rule", status="skipped")


@pytest.mark.parametrize(
    ("reason", "capabilities", "step"),
    [
        ("script", ("script",), ""),
        ("script, touch and viewport", ("script", "touch and viewport"), ""),
        ("pictures (the logo is shown)", ("pictures",), "the logo is shown"),
        ("focus (the field (amount) is next)", ("focus",), "the field (amount) is next"),
        ("layout (one) and more", ("layout (one) and more",), ""),
    ],
)
def test_capabilities_and_step(reason: str, capabilities: tuple[str, ...], step: str) -> None:
    need = not_tried_in(replace(SKIPPED, message=f"Skipped: not tried by this driver: {reason}\nx"))
    assert need is not None
    assert (need.capabilities, need.step) == (capabilities, step)
    assert need.words == reason


def test_only_a_skip_has_a_reason() -> None:
    assert not_tried_in(replace(SKIPPED, status="failed", message=NOT_TRIED)) is None
    assert not_offered_in(replace(SKIPPED, status="failed", message=NOT_OFFERED)) is None


def test_the_two_reasons_are_kept_apart() -> None:
    assert not_tried_in(replace(SKIPPED, message=NOT_OFFERED)) is None
    assert not_offered_in(replace(SKIPPED, message=NOT_TRIED)) is None
    assert not_offered_in(replace(SKIPPED, message=NOT_OFFERED)) == "clock"
