"""The pytest plugin that removes secrets from all of pytest's own output.

A report is redacted in the process that ran the test, before the terminal, JUnit XML, Allure or the
controller of xdist gets it. With ``-s`` printed text does not pass through pytest, so it cannot be
redacted.
"""

from __future__ import annotations

import linecache
import logging
import warnings
from collections.abc import Callable, Generator
from typing import Any

import pytest

from checkout_conformance.evidence.redacted import redacted
from checkout_conformance.redaction.secrets import redact

# A test's redacted names: all its reports must have the same ones.
NAMES = pytest.StashKey[tuple[str, str]]()
PARAMETERS = type(pytest.param())


class SafeNames:
    """Redacts the names of tests, in the process that reports them."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Redact the name in a report."""
        report.nodeid = getattr(report, "safe_nodeid", redact(report.nodeid))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Redact the reason of an expected failure, which is added last."""
    if hasattr(report, "wasxfail"):
        report.wasxfail = redact(report.wasxfail)


def pytest_configure(config: pytest.Config) -> None:
    """Redact names outside of xdist workers, which need the original names."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SafeNames(), "safe_names")


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(
    collector: pytest.Module | pytest.Class, name: str, obj: object
) -> object:
    """Collect a test whose name contains a secret under a redacted name."""
    safe_name = redact(name)
    if safe_name == name:
        return None
    while hasattr(collector.obj, safe_name):
        safe_name += "_"
    setattr(collector.obj, safe_name, obj)
    return collector.ihook.pytest_pycollect_makeitem(collector=collector, name=safe_name, obj=obj)


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Redact the ids of parameters in tests' names."""
    for node in metafunc.definition.listchain():
        node.own_markers[:] = [
            _named_safely(mark) if mark.name == "parametrize" else mark for mark in node.own_markers
        ]


@pytest.hookimpl(tryfirst=True)
def pytest_make_parametrize_id(val: object) -> str | None:
    """Return a redacted id for a parameter with a secret; None for others."""
    own = str(val) if isinstance(val, str | int) else ""
    safe = redact(own)
    return None if safe == own else safe


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Redact the report of a test before Allure, the terminal or another plugin reads it."""
    report = yield
    place, line, name = report.location
    safe_id, name = item.stash.setdefault(NAMES, (redact(report.nodeid), redact(name)))
    report.location = (place, line, name)
    # For SafeNames, which may be in another process.
    vars(report)["safe_nodeid"] = safe_id
    report.user_properties = [
        (redact(key), _safe_value(value)) for key, value in report.user_properties
    ]
    _redact_report(report)
    return report


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Redact the errors of collection."""
    report = yield
    _redact_report(report)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_internalerror(excrepr: Any) -> None:
    """Redact the traceback of an internal error of pytest."""
    redacted(excrepr)


@pytest.hookimpl(tryfirst=True)
def pytest_warning_recorded(warning_message: warnings.WarningMessage) -> None:
    """Redact a warning and the source line shown with it."""
    warning = warning_message.message
    if isinstance(warning, Warning):
        warning.args = redacted(warning.args)
    if redact(str(warning)) != str(warning):
        warning_message.message = UserWarning(redact(str(warning)))
        warning_message.category = UserWarning
    line = warning_message.line or linecache.getline(
        warning_message.filename, warning_message.lineno
    )
    warning_message.line = redact(line)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Redact the log files and the live log."""
    logging_plugin = session.config.pluginmanager.get_plugin("logging-plugin")
    for name in ("log_file_handler", "log_cli_handler"):
        handler = getattr(logging_plugin, name, None)
        if isinstance(handler, logging.Handler):
            handler.setFormatter(RedactingFormatter(handler.formatter or logging.Formatter()))


class RedactingFormatter(logging.Formatter):
    """Formats a record with another formatter and redacts it."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self._formatter = formatter

    def format(self, record: logging.LogRecord) -> str:
        """The line, traceback included."""
        return redact(self._formatter.format(record))


@pytest.fixture(scope="session")
def record_testsuite_property(
    record_testsuite_property: Callable[[str, object], None],
) -> Callable[[str, object], None]:
    """pytest's own fixture, redacted: its values go directly into the JUnit XML."""

    def record(name: str, value: object) -> None:
        record_testsuite_property(redact(name), _safe_value(value))

    return record


def _safe_value(value: object) -> object:
    """Return the value, or its redacted text if that differs."""
    written = str(value)
    return value if redact(written) == written else redact(written)


def _redact_report(report: pytest.TestReport | pytest.CollectReport) -> None:
    report.longrepr = redacted(report.longrepr)
    report.sections = redacted(report.sections)


def _named_safely(mark: pytest.Mark) -> pytest.Mark:
    """Return a parametrize mark with redacted ids."""
    args, kwargs = list(mark.args), dict(mark.kwargs)
    if len(args) > 1 and isinstance(args[1], list | tuple):
        args[1] = [_safe_parameters(one) for one in args[1]]
    elif isinstance(kwargs.get("argvalues"), list | tuple):
        kwargs["argvalues"] = [_safe_parameters(one) for one in kwargs["argvalues"]]
    names = kwargs.get("ids")
    if callable(names):
        kwargs["ids"] = lambda value: redacted(names(value))
    elif isinstance(names, list | tuple):
        kwargs["ids"] = redacted(list(names))
    safe = pytest.mark.parametrize.with_args(*args, **kwargs).mark
    return mark if (mark.args, mark.kwargs) == (tuple(args), kwargs) else safe


def _safe_parameters(one: Any) -> Any:
    has_name = isinstance(one, PARAMETERS) and isinstance(one.id, str)
    return one._replace(id=redact(one.id)) if has_name else one
