"""The pytest plugin that leaves secrets out of all that pytest itself tells of a test.

A report is redacted in the process that ran the test, before the terminal, JUnit XML, Allure, or
the process that collects the reports of several workers get it. With ``-s`` prints do not pass
through pytest, so nothing can be left out of them.
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

# The names of a test as they were redacted first: a report of it may not have another one.
NAMES = pytest.StashKey[tuple[str, str]]()
PARAMETERS = type(pytest.param())


class SafeNames:
    """Names tests without secrets, in the process that tells of them."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A report has come, perhaps from a worker."""
        report.nodeid = getattr(report, "safe_nodeid", redact(report.nodeid))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Redact the reason of an expected failure, which is added last."""
    if hasattr(report, "wasxfail"):
        report.wasxfail = redact(report.wasxfail)


def pytest_configure(config: pytest.Config) -> None:
    """A worker of xdist insists on the test's own name."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SafeNames(), "safe_names")


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(
    collector: pytest.Module | pytest.Class, name: str, obj: object
) -> object:
    """Collect a test whose name tells a secret, as a scenario's may, under another one."""
    safe_name = redact(name)
    if safe_name == name:
        return None
    while hasattr(collector.obj, safe_name):
        safe_name += "_"
    setattr(collector.obj, safe_name, obj)
    return collector.ihook.pytest_pycollect_makeitem(collector=collector, name=safe_name, obj=obj)


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Leave secrets out of the names that parameters give to tests."""
    for node in metafunc.definition.listchain():
        node.own_markers[:] = [
            _named_safely(mark) if mark.name == "parametrize" else mark for mark in node.own_markers
        ]


@pytest.hookimpl(tryfirst=True)
def pytest_make_parametrize_id(val: object) -> str | None:
    """The name of a parameter whose own would tell a secret; None leaves it to pytest."""
    own = str(val) if isinstance(val, str | int) else ""
    safe = redact(own)
    return None if safe == own else safe


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Redact the report of a test before Allure, the terminal or anybody else reads it."""
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
    """Redact what importing a module said."""
    report = yield
    _redact_report(report)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_internalerror(excrepr: Any) -> None:
    """Redact the traceback of what broke pytest."""
    redacted(excrepr)


@pytest.hookimpl(tryfirst=True)
def pytest_warning_recorded(warning_message: warnings.WarningMessage) -> None:
    """Redact a warning before it is listed, and the line of source that is shown with it."""
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
    """Redact the log that is written to a file, or to the terminal at once."""
    logging_plugin = session.config.pluginmanager.get_plugin("logging-plugin")
    for name in ("log_file_handler", "log_cli_handler"):
        handler = getattr(logging_plugin, name, None)
        if isinstance(handler, logging.Handler):
            handler.setFormatter(RedactingFormatter(handler.formatter or logging.Formatter()))


class RedactingFormatter(logging.Formatter):
    """Writes a record as another formatter does, secrets left out."""

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
    """As pytest's own; what it writes goes to the JUnit XML without a report."""

    def record(name: str, value: object) -> None:
        record_testsuite_property(redact(name), _safe_value(value))

    return record


def _safe_value(value: object) -> object:
    """A property of any kind; it is written as its ``str``."""
    written = str(value)
    return value if redact(written) == written else redact(written)


def _redact_report(report: pytest.TestReport | pytest.CollectReport) -> None:
    report.longrepr = redacted(report.longrepr)
    report.sections = redacted(report.sections)


def _named_safely(mark: pytest.Mark) -> pytest.Mark:
    """A mark that parametrizes, where it names its parameters without secrets."""
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
