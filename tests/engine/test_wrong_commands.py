"""Every command, given what is not there: a line that says what to do, a status, no traceback."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import benchmarks.__main__ as benchmarks
import checkout_conformance.comparison.command as compare
import checkout_conformance.deviants.command as deviants
import checkout_conformance.reporting.command as reports
import checkout_conformance.survey.command as survey
import checkout_conformance.twins.command as twins
import mock_sites.__main__ as mock_sites
from checkout_conformance import cli, run
from checkout_conformance.deviants import collection
from checkout_conformance.statuses import Status
from tools import bootstrap, mutants

Command = Callable[[list[str]], int]
FREE = "--port-base=0"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a file, a folder, and files that are no targets."""
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "broken.toml").write_text("name = ")
    vouched = '[sites.shop.vouched]\nhost = "localhost"\nowner = "Ann Example"\n'
    shop = f'[sites.shop]\nurl = "http://localhost:9"\n{vouched}'
    (tmp_path / "good.toml").write_text(f'name = "x"\n{shop}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        (cli.main, "nope", "there is no command nope."),
        (cli.main, "rnu --workers 2", "Did you mean run?"),
        (cli.main, "--nope run", "there is no option --nope."),
        (run.main, "--workers many", "give auto, or a number from 0"),
        (run.main, "--workers -1", "give auto, or a number from 0"),
        (run.main, "--at-least 99", "from 1 to 31"),
        (run.main, "--into file/below", "cannot create the folder"),
        (reports.main, "nope --into out", "there is no folder nope"),
        (reports.main, "file --into out", "there is no folder file"),
        (reports.main, "folder --into out", "no results in folder"),
        (reports.main, "nope --into file/below", "there is no folder nope"),
        (reports.main, "nope --at-least 99", "from 1 to 31"),
        (reports.main, "--nope", "No such option"),
        (compare.main, "nope folder", "there is no folder nope"),
        (compare.main, "folder folder", "no results in folder"),
        (compare.main, "folder", "Missing argument 'HTTP_RESULTS'"),
        (survey.main, "nope", "there is no target 'nope'"),
        (survey.main, "nope.toml", "there is no target 'nope.toml'"),
        (survey.main, "folder.toml", "there is no target 'folder.toml'"),
        (survey.main, "bytes.toml", "not text in UTF-8"),
        (survey.main, "broken.toml", "is not TOML"),
        (survey.main, "good.toml --into file/page.html", "cannot create the folder"),
        (survey.main, "good.toml --into folder", "is a folder"),
        (survey.main, "good.toml --browser-at http://127.0.0.1:9", "browser cannot be used"),
        (deviants.main, "serve nope", "There is no deviant nope."),
        (deviants.main, "serve any-code-is-acepted", "Did you mean any-code-is-accepted?"),
        (deviants.main, "run any-code-is-acepted", "Did you mean any-code-is-accepted?"),
        (deviants.main, "run --into file/below", "cannot create the folder"),
        (deviants.main, "run --features nope", "nope does not exist"),
        (deviants.main, "run --workers many", "is not a whole number of at least 1"),
        (deviants.main, "run --at-most 0", "is not a whole number of at least 1"),
        (deviants.main, "nope", "No such command"),
        (twins.main, "serve nope", "There is no twin nope."),
        (twins.main, "run --only cart-is-a-lst", "Did you mean cart-is-a-list?"),
        (twins.main, "run --into file/below", "cannot create the folder"),
        (twins.main, "run --enough 0", "is not a whole number of at least 1"),
        (deviants.main, "", "Commands:"),
        (mock_sites.main, "--port-base 70000", "from 0 to"),
        (mock_sites.main, "--port-base -1", "from 0 to"),
        (mock_sites.main, "--port shop=99999", "SITE=8100"),
        (mock_sites.main, "--port nope=1", "there is no site nope"),
        (mock_sites.main, "--sites nope", "there is no site nope, only: wallet"),
        (mock_sites.main, f"{FREE} --host nope.invalid", "cannot serve"),
        (mock_sites.main, f"{FREE} --keys nope.json", "cannot use the keys in nope.json"),
        (mock_sites.main, "--elsewhere nope=http://x", "there is no site nope"),
        (benchmarks.main, "siets", "Did you mean sites?"),
        (benchmarks.main, "--only nope", "there is no peer nope"),
        (benchmarks.main, "--rounds 0", "is not a whole number of at least 1"),
        (benchmarks.main, "--into file/below", "cannot create the folder"),
        (mutants.main, "mony", "Did you mean money?"),
        (mutants.main, "--workers many", "is not a whole number of at least 1"),
        (bootstrap.main, "nope", "unrecognized arguments"),
    ],
)
def test_a_command_reports_a_wrong_argument_in_one_line(
    folder: Path,
    command: Command,
    arguments: str,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = sorted(folder.iterdir())
    try:
        status = command(arguments.split())
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    captured = capsys.readouterr()
    assert status != 0
    assert said in captured.err
    assert "Traceback" not in captured.err + captured.out
    made = set(folder.iterdir()) - {*before, folder / "reports", folder / "out"}
    assert not made, made


def test_without_a_command_the_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in cli.COMMANDS)


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == Status.CONFORMS
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert capsys.readouterr().out == f"checkout-conformance {project['version']}\n"


def test_a_module_with_more_deviants_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(collection.MORE, "no_such_module")
    collection._import_more.cache_clear()
    assert deviants.main(["list"]) == Status.USAGE
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("MORE_DEVIANTS names no_such_module: No module named")
    monkeypatch.undo()
    collection._import_more.cache_clear()


def test_the_error_without_mutmut_names_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(mutants, "MUTMUT", tmp_path / "mutmut")
    assert mutants.main([]) == mutants.NO_RUN
    assert "Run `make mutants`" in capsys.readouterr().err


def test_a_browser_that_cannot_be_started_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHECKOUT_BROWSER", str(folder / "nope"))
    assert survey.main(["good.toml"]) == Status.CANNOT_TELL
    assert "is not a program that can be started" in capsys.readouterr().err
