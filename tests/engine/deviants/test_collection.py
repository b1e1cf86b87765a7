"""Which deviants run: the named ones, those of a kind, or all but those that measure the suite."""

from __future__ import annotations

import pytest

from checkout_conformance.deviants.collection import NoSuchDeviant, deviants_to_run
from checkout_conformance.deviants.deviant import BLIND


def test_without_a_name_those_that_measure_the_suite_do_not_run() -> None:
    assert BLIND not in {one.kind for one in deviants_to_run()}


def test_those_of_a_kind_run_alone() -> None:
    assert {one.kind for one in deviants_to_run(kind=BLIND)} == {BLIND}


def test_one_that_measures_the_suite_runs_when_it_is_named() -> None:
    blind = deviants_to_run(kind=BLIND)[0]
    assert deviants_to_run([blind.name]) == [blind]


def test_an_unknown_kind_is_told_with_the_kinds_there_are() -> None:
    with pytest.raises(NoSuchDeviant, match=rf"kind sleepy\. Kinds: .*{BLIND}"):
        deviants_to_run(kind="sleepy")
