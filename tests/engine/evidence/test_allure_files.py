"""Which results are written: the page is about the sites, not about the harness."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from allure_commons import model2
from allure_commons.model2 import Label, Status
from PIL import Image

from checkout_conformance.evidence.allure_files import FilteringFileLogger
from checkout_conformance.evidence.allure_labels import FEATURE
from checkout_conformance.evidence.pictures import Snapshot

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
    logger = FilteringFileLogger(tmp_path)
    logger.report_result(model2.TestResult(uuid="1", name="x", status=status, labels=labels))
    assert len(list(tmp_path.iterdir())) == written


def test_a_snapshot_is_written_packed_before_the_session_is_over(tmp_path: Path) -> None:
    logger = FilteringFileLogger(tmp_path)
    for number in range(20):
        logger.report_attached_data(Snapshot(jpeg(1280, 720), 900), f"{number}.webp")
    logger.pytest_sessionfinish()
    written = [shape(file) for file in tmp_path.iterdir()]
    assert written == [("WEBP", (900, 506))] * 20


def test_a_picture_of_the_whole_page_keeps_its_width(tmp_path: Path) -> None:
    logger = FilteringFileLogger(tmp_path)
    logger.report_attached_data(Snapshot(jpeg(1280, 3000), None), "whole.webp")
    logger.pytest_sessionfinish()
    assert shape(tmp_path / "whole.webp") == ("WEBP", (1280, 3000))


def test_a_picture_that_cannot_be_written_is_not_lost_in_silence(tmp_path: Path) -> None:
    logger = FilteringFileLogger(tmp_path)
    logger.report_attached_data(Snapshot(jpeg(1280, 720), 900), "no/such/folder.webp")
    with pytest.raises(FileNotFoundError):
        logger.pytest_sessionfinish()


def shape(file: Path) -> tuple[str | None, tuple[int, int]]:
    with Image.open(file) as picture:
        return picture.format, picture.size


def jpeg(width: int, height: int) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "white").save(made, "JPEG")
    return made.getvalue()
