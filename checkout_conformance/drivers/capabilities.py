"""Capabilities that only some drivers have, and how steps and page objects ask for them.

A browser has all of them. What a driver lacks is reported as "not tried by this driver".
"""

from __future__ import annotations

from enum import StrEnum

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
