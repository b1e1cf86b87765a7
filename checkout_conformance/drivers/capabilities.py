"""Capabilities that only some drivers have, and how steps and page objects declare their needs.

A browser has all of them. What the run's driver lacks is reported as "not tried by this driver":
it neither passes nor fails. A step or a method of a page object declares what it needs::

    @then('the button "{label}" cannot be pressed')
    @needs(Capability.SCRIPT)
    def cannot_be_pressed(site: Site, label: str) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

from _pytest.outcomes import Skipped

P = ParamSpec("P")
T = TypeVar("T")

DECLARED = "needed_capabilities"

# The beginning of the reason of a skipped scenario; the capabilities that it needs follow.
NOT_TRIED = "not tried by this driver: "


class Capability(StrEnum):
    """Something that a scenario may need and that a driver may lack."""

    SCRIPT = "script"
    """The page's own scripts run."""
    LAYOUT = "layout"
    """Elements have a place and a size."""
    STYLESHEET = "visibility by stylesheet"
    """Stylesheets decide what can be seen."""
    FOCUS = "focus"
    """An element has the focus, and keys move it."""
    TOUCH = "touch and viewport"
    """There is a screen of some size that may be touched."""
    DOUBLE_PRESS = "real double press"
    """A control is pressed again before the page answers the first press."""
    PICTURES = "pictures"
    """Pictures are loaded, and screenshots can be taken."""


class NotTried(Skipped):
    """The run's driver lacks a capability that the scenario needs: the scenario is skipped."""


class PartlyTried(NotTried):
    """A scenario went to its end, without the expectations that the driver could not try."""


class UndeclaredNeed(Exception):
    """A step used something that its driver lacks, without declaring the need."""

    def __init__(self, capability: Capability, what: str) -> None:
        super().__init__(
            f"{what} needs the capability {capability.value!r}, which this driver lacks. Declare"
            f" that at the step or page object's method: @needs(Capability.{capability.name})"
        )


class DriverLacks:
    """What the driver of this process lacks. A browser lacks nothing."""

    def __init__(self) -> None:
        self._lacking: frozenset[Capability] = frozenset()
        self._untried: list[str] = []
        self._latest: NotTried | None = None

    def say(self, lacking: Iterable[Capability]) -> None:
        """Set what the driver lacks, once for the run."""
        self._lacking = frozenset(lacking)

    def among(self, capabilities: Iterable[Capability]) -> list[Capability]:
        """Return those that the driver lacks."""
        return [one for one in capabilities if one in self._lacking]

    def note(self, reason: NotTried) -> None:
        """Remember an expectation that was not tried, while its scenario goes on."""
        self._untried.append(str(reason).removeprefix(NOT_TRIED))
        self._latest = reason

    def take_latest(self) -> NotTried | None:
        """Return why the step that just ended was not tried; None if it was."""
        latest, self._latest = self._latest, None
        return latest

    def take_notes(self) -> str:
        """Return the reason why the scenario is not tried as a whole; "" if it was. Clears it."""
        reasons, self._untried = dict.fromkeys(self._untried), []
        return f"{NOT_TRIED}{'; '.join(reasons)}" if reasons else ""


DRIVER_LACKS = DriverLacks()


def needs(*capabilities: Capability) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declare what a step or a method of a page object needs.

    Where the driver lacks it, the function is not called. A Then is left out, and its scenario
    goes on; anything else ends the scenario. Neither counts as passed.
    """

    def declare(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> T:
            __tracebackhide__ = True
            if lacking := DRIVER_LACKS.among(capabilities):
                not_tried(lacking, _words(function))
            return function(*args, **kwargs)

        setattr(checked, DECLARED, capabilities)
        return checked

    return declare


def not_tried(capabilities: Iterable[Capability], what: str) -> NoReturn:
    """Say that the driver cannot try ``what``. Raises NotTried."""
    names = ", ".join(one.value for one in capabilities)
    raise NotTried(f"{NOT_TRIED}{names} ({what})")


def noting(function: Callable[P, T]) -> Callable[P, T | None]:
    """Let the scenario of a Then go on where the driver cannot try it; see ``needs``."""

    @wraps(function)
    def noted(*args: P.args, **kwargs: P.kwargs) -> T | None:
        __tracebackhide__ = True
        try:
            return function(*args, **kwargs)
        except NotTried as reason:
            DRIVER_LACKS.note(reason)
            return None

    return noted


def _words(function: Callable[..., Any]) -> str:
    return function.__name__.replace("_", " ")
