"""The plan of a load: arrivals, and the share of each worker."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from checkout_conformance.load.job import Arrivals, Job, PlannedVisit


def arrivals(seed: int = 1, rate: float = 5, **procedures: int) -> Arrivals:
    return Arrivals(rate, 100, procedures or {"W1": 1, "C1": 3}, seed)


def job(visits: int, buyers: int = 5) -> Job:
    planned = [
        PlannedVisit(at=at, procedure="W1", name="Anna", phone=f"+7{at}", password="s")
        for at in range(visits)
    ]
    spend = {"RUB": Decimal(100)}
    return Job(target="mock", think=(1, 3), buyers=buyers, visits=planned, spend=spend)


def test_the_same_seed_draws_the_same_arrivals() -> None:
    assert arrivals(seed=7).draw() == arrivals(seed=7).draw()
    assert arrivals(seed=7).draw() != arrivals(seed=8).draw()


def test_buyers_arrive_at_the_rate_in_order_and_within_the_time() -> None:
    drawn = arrivals().draw()

    moments = [at for at, _ in drawn]
    assert moments == sorted(moments)
    assert 0 < moments[0] < moments[-1] < 100
    # Of a Poisson process with 500 arrivals on average: four standard deviations.
    assert 410 < len(drawn) < 590


def test_a_procedure_of_more_weight_is_walked_more_often() -> None:
    times = Counter(procedure for _, procedure in arrivals().draw())

    assert 2 < times["C1"] / times["W1"] < 4.5


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_shares_have_every_visit_once_and_no_more_money(workers: int) -> None:
    whole = job(7)

    shares = whole.shares(workers)

    visits = [visit for share in shares for visit in share.visits]
    assert sorted(visit.at for visit in visits) == [visit.at for visit in whole.visits]
    assert sum(share.spend["RUB"] for share in shares) <= Decimal(100)


def test_the_visits_of_one_buyer_go_to_one_worker() -> None:
    whole = job(6)
    of_two = [
        visit.model_copy(update={"phone": f"+7{number % 2}"})
        for number, visit in enumerate(whole.visits)
    ]

    shares = whole.model_copy(update={"visits": of_two}).shares(3)

    assert [{visit.phone for visit in share.visits} for share in shares] == [
        {"+70"},
        {"+71"},
        set(),
    ]


def test_secrets_of_a_job_are_not_in_its_representation() -> None:
    secret = job(1).model_copy(update={"control_token": "tok-1", "merchant_key": "key-1"})

    assert "tok-1" not in repr(secret)
    assert "key-1" not in repr(secret)
    assert "password" not in repr(secret)
