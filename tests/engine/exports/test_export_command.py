from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.exports import command
from checkout_conformance.reporting.conformance import Conformance


@pytest.fixture
def file(tmp_path: Path, document: Conformance) -> Path:
    path = tmp_path / "conformance.json"
    path.write_text(document.model_dump_json(), encoding="utf-8")
    return path


def test_junit_and_ctrf_are_written_beside_the_document(file: Path) -> None:
    assert command.main([str(file)]) == 0
    assert {one.name for one in file.parent.iterdir()} == {
        "conformance.json",
        "junit.xml",
        "ctrf.json",
    }


def test_annotations_are_printed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(file), "--as", "github", "--into", "-"]) == 0
    assert capsys.readouterr().out.startswith("::error ")


def test_only_one_format_is_printed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(file), "--into", "-"]) == 3
    assert "give one --as" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "reason"), [("{}", "is no conformance.json of this version"), (None, "No such file")]
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, reason: str
) -> None:
    path = tmp_path / "old.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert command.main([str(path)]) == 2
    assert reason in capsys.readouterr().err
