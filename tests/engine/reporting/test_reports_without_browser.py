"""``checkout-conformance report`` of runs over HTTP: the exit status, the files, the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checkout_conformance.plan import read_plan
from checkout_conformance.reporting.command import main
from checkout_conformance.reporting.conformance import Conformance
from tests.support.sample_results import OVER_HTTP, write_result, write_whole_run

SCHEMA = Path(__file__).parents[3] / "reports" / "conformance.schema.json"
OF_W1_4 = next(one for one in read_plan() if one.clauses == ("W1.4",) and not one.edition)
NOT_TRIED = "Skipped: not tried by this driver: script"


@pytest.fixture
def over_http(tmp_path: Path) -> Path:
    return write_whole_run(tmp_path / "http", OVER_HTTP)


def run(*arguments: object) -> int:
    return main([*map(str, arguments), "--no-allure"])


def document_in(folder: Path) -> Conformance:
    return Conformance.model_validate_json((folder / "conformance.json").read_text("utf-8"))


def test_a_run_that_passed_everything_cannot_be_told(
    over_http: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(over_http, "--into", tmp_path) == 2
    said = capsys.readouterr().out
    assert said.startswith("Not certified (run without a browser): 31 of 31 clauses passed.\n")
    assert document_in(tmp_path).conforms is None
    for page in ("conformance.html", "conformance.ar.html", "conformance.ru.html"):
        assert (tmp_path / page).exists()


def test_a_failure_is_the_exit_status_and_to_be_confirmed(
    over_http: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_result(over_http, 999, OF_W1_4, "failed", setting=OVER_HTTP)
    assert run(over_http, "--into", tmp_path) == 1
    said = capsys.readouterr().out
    assert "30 of 31 clauses passed; 1 failed (to be confirmed in a browser)." in said
    expected = "W1.4 the site deviates from the document, to be confirmed in a browser: b"
    assert expected in said


def test_what_was_not_tried_is_listed(
    over_http: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_result(over_http, 999, OF_W1_4, "skipped", NOT_TRIED, OVER_HTTP)
    assert run(over_http, "--into", tmp_path) == 2
    line = f"{OF_W1_4.name} ({OF_W1_4.feature}): not tried by this driver: script\n"
    assert line in capsys.readouterr().out
    document = document_in(tmp_path)
    [one] = document.not_tried
    assert one.needs == ["script"]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document.model_dump(mode="json"))


def test_beside_a_browser_it_changes_no_exit_status(
    over_http: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = write_whole_run(tmp_path / "browser")
    write_result(over_http, 999, OF_W1_4, "failed", setting=OVER_HTTP)
    assert run(browser, over_http, "--into", tmp_path) == 0
    said = capsys.readouterr().out
    assert said.startswith("Conforms: 31 of 31 clauses passed.\nWithout a browser: 30 of 31")
    assert document_in(tmp_path).conforms
