"""What a control is instead of what was expected, in the language of the report."""

from __future__ import annotations

import pytest

from checkout_conformance.reporting.conformance import Check, Failure, FailureKind, Verdict
from checkout_conformance.reporting.feature_words import FeatureWords


@pytest.mark.parametrize(
    ("language", "showed", "said"),
    [
        ("en", '"Card" is visible', '"Card" is visible'),
        ("ru", '"Карта" is visible', "на странице есть: «Карта»"),
        ("ar", "it is disabled", "معطّل"),
        ("ru", "Paid", "Paid"),
    ],
)
def test_the_state_of_a_control_is_said_in_words(language: str, showed: str, said: str) -> None:
    failure = Failure(kind=FailureKind.DEVIATES, expected="", showed=showed)

    check = Check(
        feature="", scenario="", walk=False, run=None, verdict=Verdict.FAILED, failure=failure
    )

    assert FeatureWords(language, []).actual(check) == said
