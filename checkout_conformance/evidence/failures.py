"""Explain failures: the clause, the expected state and what the page showed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import FrameType, TracebackType

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.expectations import PreconditionFailed, UnmetExpectation
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.targets.target import SiteUnreachable

ASSERTIONS = (AssertionError, pytest.fail.Exception)
# The beginning of a failure's first line, after its clause; Allure's categories match it too.
DEVIATES = "the document expects:"
UNREACHABLE = "a site could not be reached:"
BROKE = "the harness could not do:"
UNTRIED = "could not be tried:"
SHOWED = "; the page showed: "
SHOWN_CHARACTERS = 200
# What the page showed if an action found its element, and nothing kept it from acting on it.
UNEXPLAINED_TIMEOUT = "the action did not end in time"

_ACTUAL = re.compile(r"Actual value: (.*?)\s*(?=\nError:|\nCall log:|\Z)", re.DOTALL)
_WAITED_FOR = re.compile(r"waiting for (.+)")
_RESOLVED = re.compile(r"locator resolved to (.+)")
_HINDRANCE = re.compile(r"- (element is .+|.* intercepts pointer events)")
_SEVERAL = re.compile(r"strict mode violation: .+ resolved to (\d+) elements")
# What a control is, in Playwright's words; and the name of the control that was looked for.
_STATES = ("visible", "hidden", "enabled", "disabled", "checked", "unchecked")
_NAME = re.compile(r'name="((?:[^"\\]|\\.)+)"')
# The first of several ways to find something says enough.
_OTHER_WAYS = re.compile(r"\.(?:or_|and_|filter)\((?=locator|get_by|has_not)")
_NO_ANSWER = re.compile(r"net::ERR_(?!ABORTED|FAILED)\w+ at (\S+)|NS_ERROR_(?:CONNECTION|NET)\w+")
# Playwright adds a snapshot of the page with the value of every field, including passwords.
ARIA_SNAPSHOT = re.compile(r"\n*Aria snapshot:.*", re.DOTALL)


def explain(
    error: BaseException, clause: str | None, step: str, ended: str = "", is_given: bool = False
) -> BaseException:
    """Return the error for the reports: an AssertionError if the site is not as documented.

    Other errors become a RuntimeError: a site that does not answer, a failure of the harness, or
    a precondition that failed: a Given (``is_given``) says nothing about the scenario's clause.
    ``ended`` names a process of the harness that ended; then it is always the harness.
    """
    where = f"{clause}: " if clause else ""
    text = ARIA_SNAPSHOT.sub("", str(error))
    if ended:
        what = f"{ended} ended during this step"
        return RuntimeError(redact(f"{where}{BROKE} {step}; {what}\n{text}"))
    if several := _SEVERAL.search(text):
        what = f"the page has {several[1]} elements that can be meant, so none was chosen"
        return RuntimeError(redact(f"{where}{BROKE} {step}; {what}\n{text}"))
    is_unlike = isinstance(error, (*ASSERTIONS, PlaywrightTimeout)) and not ran_out_of_time(error)
    if isinstance(error, PreconditionFailed) or (is_given and is_unlike):
        return RuntimeError(redact(f"{where}{UNTRIED} {step}; {_showed(error, text)}\n{text}"))
    if is_unlike:
        what = error.what if isinstance(error, UnmetExpectation) else step
        first = f"{where}{DEVIATES} {what}{SHOWED}{_showed(error, text)}"
        return AssertionError(redact(f"{first}\n{text}"))
    if isinstance(error, SiteUnreachable) or _NO_ANSWER.search(text):
        return RuntimeError(
            redact(f"{where}{UNREACHABLE} {step}; {_unreachable_address(error, text)}")
        )
    kind = "" if type(error) is PlaywrightError else f"{type(error).__name__}: "
    return RuntimeError(redact(f"{where}{BROKE} {step}; {kind}{text}"))


def _unreachable_address(error: BaseException, text: str) -> str:
    if isinstance(error, SiteUnreachable):
        return text
    address = _last(_NO_ANSWER, text) or "the address of the page"
    return f"nothing answers at {address}. Start the site, or correct its address.\n{text}"


def ran_out_of_time(error: BaseException) -> bool:
    """Return whether pytest-timeout interrupted the test.

    It may have interrupted Playwright, which can then hang: do not use the browser afterwards.
    """
    return isinstance(error, pytest.fail.Exception) and str(error).startswith("Timeout (>")


def _showed(error: BaseException, text: str) -> str:
    if isinstance(error, PlaywrightTimeout):
        return _one_line(_hindrance(text))
    if "element(s) not found" in text:
        return f"nothing that is {_last(_WAITED_FOR, text) or 'it'}"
    actual = _ACTUAL.search(text)
    if actual and actual[1] in _STATES:
        return f"{_control(text)} is {actual[1]}"
    return _one_line(actual[1] if actual else text) or "an empty text"


def _control(text: str) -> str:
    """What an expectation looked at, by its name on the page."""
    names = _NAME.findall(_last(_WAITED_FOR, text) or "")
    return f'"{names[-1]}"' if names else "it"


def _hindrance(text: str) -> str:
    found = _last(_RESOLVED, text)
    if found:
        return f"{found}, where {_last(_HINDRANCE, text) or UNEXPLAINED_TIMEOUT}"
    wanted = _last(_WAITED_FOR, text)
    return f"nothing that is {wanted}" if wanted else text.partition("\n")[0]


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.findall(text)
    return _first_way(found[-1].strip()) if found else None


def _first_way(told: str) -> str:
    """Leave the other ways to find something out of a locator's words: ".or_(…)" and its like."""
    while found := _OTHER_WAYS.search(told):
        depth, end = 1, found.end()
        while depth and end < len(told):
            depth += {"(": 1, ")": -1}.get(told[end], 0)
            end += 1
        told = told[: found.start()] + told[end:]
    return told


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_CHARACTERS else line[: SHOWN_CHARACTERS - 1] + "…"


def own_frames(traceback: TracebackType | None) -> TracebackType | None:
    """Return ``traceback`` without the frames of installed packages."""
    if traceback is None:
        return None
    rest = own_frames(traceback.tb_next)
    frame = traceback.tb_frame
    # pytest cuts the traceback at the scenario's hidden frame, so hidden frames stay.
    if _is_installed(frame) and not frame.f_locals.get("__tracebackhide__"):
        return rest
    return TracebackType(rest, frame, traceback.tb_lasti, traceback.tb_lineno)


def _is_installed(frame: FrameType) -> bool:
    return Path(frame.f_code.co_filename).is_relative_to(sys.prefix)
