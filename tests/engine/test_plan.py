"""Evidence finds its planned scenario, also with masks that only its own process put in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkout_conformance.plan import Key, PlannedScenario, planned_key, read_plan
from checkout_conformance.redaction.secret_words import MASK
from tests.support.sample_evidence import planned, ran

FORM = planned("A form without its security token is rejected", "W1.5")
LATIN = replace(planned("An amount is read", "W1.4"), example=(("amount", "150.50"),))
ARABIC = replace(LATIN, example=(("amount", "١٥٠٫٥٠"),))
PLAN = (FORM, LATIN, ARABIC)


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (FORM.key, FORM),
        (("w.feature", f"A form without its security {MASK} is rejected", ()), FORM),
        (("w.feature", f"{MASK} without its security token is {MASK}", ()), FORM),
        (("w.feature", LATIN.name, (("amount", f"{MASK}٫٥٠"),)), ARABIC),
        (("w.feature", LATIN.name, (("amount", "150.50"),)), LATIN),
    ],
)
def test_a_masked_key_stands_for_the_one_scenario_that_it_fits(
    key: Key, found: PlannedScenario
) -> None:
    assert planned_key(key, PLAN) == found.key


@pytest.mark.parametrize(
    "key",
    [
        ("other.feature", f"A form without its security {MASK} is rejected", ()),
        ("w.feature", f"A form without its security {MASK} is accepted", ()),
        ("w.feature", f"A form without its security token is rejected{MASK}", ()),
        ("w.feature", f"A form without its security {MASK} is rejected", (("amount", "1"),)),
        ("w.feature", LATIN.name, ()),
        # Two fit: which one it was cannot be told.
        ("w.feature", LATIN.name, (("amount", MASK),)),
    ],
)
def test_a_key_that_fits_none_or_several_stays_as_it_is(key: Key) -> None:
    assert planned_key(key, PLAN) == key


def test_evidence_with_a_masked_word_counts_for_its_scenario() -> None:
    [form] = [one for one in read_plan() if one.name == FORM.name]
    masked = ran(form.name.replace("token", MASK), file=form.feature)
    assert masked.key == form.key
