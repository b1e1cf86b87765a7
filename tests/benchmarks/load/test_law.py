"""The Universal Scalability Law, fitted to throughputs."""

from __future__ import annotations

import math

import pytest

from benchmarks.load.scaling.law import Law, fit

NUMBERS = (1, 2, 5, 10, 40)


@pytest.mark.parametrize(
    "law",
    [Law(20, 0.05, 0.001), Law(20, 0.0, 0.002), Law(20, 0.3, 0.0), Law(20, 0.0, 0.0)],
)
def test_a_law_is_found_again_from_its_own_throughputs(law: Law) -> None:
    found = fit({n: law.at(n) for n in NUMBERS})

    assert found.of_one == 20
    assert found.contention == pytest.approx(law.contention, abs=1e-9)
    assert found.coherency == pytest.approx(law.coherency, abs=1e-9)


def test_the_best_number_is_where_throughput_is_highest() -> None:
    law = Law(20, 0.05, 0.001)

    assert max(range(1, 200), key=law.at) == round(law.best)
    assert law.highest == pytest.approx(law.at(law.best))
    assert Law(20, 0.5, 0.0).highest == 40
    assert math.isinf(Law(20, 0.5, 0.0).best)
    assert math.isinf(Law(20, 0.0, 0.0).highest)


@pytest.mark.parametrize(
    "measured",
    [
        # More than a straight line: neither parameter may become negative.
        {1: 10, 2: 25, 4: 60},
        # First more, then less than contention alone would explain.
        {1: 10, 2: 22, 10: 40, 100: 20},
        {1: 10, 2: 9, 10: 60, 100: 90},
    ],
)
def test_no_parameter_is_negative(measured: dict[int, float]) -> None:
    law = fit(measured)

    assert law.contention >= 0
    assert law.coherency >= 0


@pytest.mark.parametrize("measured", [{}, {1: 10}, {2: 10, 4: 15}, {1: 10, 2: 0}])
def test_too_little_to_fit_is_refused(measured: dict[int, float]) -> None:
    with pytest.raises(ValueError, match="give the throughput"):
        fit(measured)
