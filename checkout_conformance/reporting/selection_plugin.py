"""The pytest side of selections: where a run's evidence goes, and the record of what it chose."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.evidence.allure_files import results_folder
from checkout_conformance.evidence.allure_labels import example_of, feature_file, scenario_of
from checkout_conformance.plan import Key, features_to_run, key_of
from checkout_conformance.project import OWN
from checkout_conformance.reporting.places import PYTEST_XML, RESULTS, begin_run, place_in
from checkout_conformance.reporting.selection import Choice, chosen_by, write_choice

# With these pytest runs no test: no evidence is left, and no earlier report is touched.
RUNS_NOTHING = (
    *("collectonly", "dry_run", "explain_data", "help", "version", "markers"),
    *("showfixtures", "show_fixtures_per_test", "cacheshow", "setupplan"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what ``checkout-conformance run`` asks for."""
    parser.getgroup("conformance").addoption(
        "--reports-into",
        metavar="FOLDER",
        help="leave the evidence in FOLDER, that of a selection in FOLDER/selection; without paths"
        " run the features (checkout-conformance run gives this)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Say where the evidence goes, before a plugin looks for it.

    A worker of xdist reads the same command, and comes to the same answer.
    """
    into: str | None = config.getoption("--reports-into")
    if _names_no_tests(config, into):
        config.args = [str(folder) for folder in features_to_run()]
    if into is None:
        return
    if results_folder(config) is not None:
        raise pytest.UsageError("--alluredir is not for `run`: give the folder by --into.")
    if runs_nothing(config):
        return
    choice = choice_of(config)
    place = place_in(Path(into), choice.is_selection)
    if not hasattr(config, "workerinput"):
        begin_run(Path(into), choice.is_selection)
        # At once: even a run that is refused has to be told from one of the other kind.
        write_choice(place / RESULTS, choice)
    config.option.allure_report_dir = str(place / RESULTS)
    config.option.xmlpath = config.option.xmlpath or str(place / PYTEST_XML)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Record the choice before any test: ``--clean-alluredir`` may have emptied the folder."""
    folder = results_folder(config)
    if folder and not hasattr(config, "workerinput") and not runs_nothing(config):
        write_choice(folder, choice_of(config))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Record the scenarios that are left to run: each worker of xdist collects all of them."""
    folder = results_folder(session.config)
    if folder and not runs_nothing(session.config):
        found = [key for key in map(_key, session.items) if key]
        write_choice(folder, choice_of(session.config).model_copy(update={"scenarios": found}))


def _names_no_tests(config: pytest.Config, into: str | None) -> bool:
    """Whether neither the command nor, in a team's project, its settings say what to run."""
    source = pytest.Config.ArgsSource
    if into is None:
        return OWN is not None and config.args_source is source.INVOCATION_DIR
    return config.args_source is not source.ARGS


def choice_of(config: pytest.Config) -> Choice:
    """What the command of this run chose."""
    here = config.invocation_params.dir
    words = [
        word
        for folder in features_to_run()
        for word in chosen_by(config.option, config.args, config.rootpath, here, folder)
    ]
    return Choice(options=list(dict.fromkeys(words)))


def runs_nothing(config: pytest.Config) -> bool:
    """Return whether the command only shows something, and leaves no evidence."""
    return any(config.getoption(name, False) for name in RUNS_NOTHING)


def _key(item: pytest.Item) -> Key | None:
    scenario = scenario_of(item)
    if scenario is None:
        return None
    return key_of(feature_file(scenario), scenario.name, sorted(example_of(item).items()))
