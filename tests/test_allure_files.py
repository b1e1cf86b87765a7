"""Which results are written: the page is about the sites, not about the harness."""

from __future__ import annotations

from pathlib import Path

import pytest
from allure_commons import model2
from allure_commons.model2 import Label, Status

from reports.allure_files import QuietFileLogger
from reports.allure_place import FEATURE

SCENARIO = [Label(name=FEATURE, value="wallet/x.feature")]


@pytest.mark.parametrize(
    ("labels", "status", "written"),
    [
        (SCENARIO, Status.PASSED, 1),
        (SCENARIO, Status.FAILED, 1),
        ([], Status.PASSED, 0),
        ([], Status.FAILED, 1),
        ([], Status.BROKEN, 1),
        ([], Status.SKIPPED, 1),
    ],
)
def test_a_test_of_the_harness_is_written_only_if_it_did_not_pass(
    tmp_path: Path, labels: list[Label], status: str, written: int
) -> None:
    logger = QuietFileLogger(tmp_path)  # type: ignore[no-untyped-call]
    logger.report_result(model2.TestResult(uuid="1", name="x", status=status, labels=labels))
    assert len(list(tmp_path.iterdir())) == written
