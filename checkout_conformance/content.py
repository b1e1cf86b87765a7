"""What the content of a project tells the engine, which knows no wallet, shop or card.

The module ``steps/content.py`` defines it: one ``CONTENT``. A team's own project has one too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from checkout_conformance.project import content_package

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from checkout_conformance.people import Buyer


class SignInPage(Protocol):
    """A page object that can sign a buyer in."""

    # A Target, whose module imports this one.
    def __init__(self, page: Page, target: Any) -> None:
        """The page object for a tab."""

    def enter(self, buyer: Buyer) -> None:
        """Sign in."""


@dataclass(frozen=True)
class Content:
    """The facts about the procedures' sites on which safety rules and the survey stand.

    ``sites`` are the names that a target file may use. ``paying`` are the controls, by the names
    that features use, that may move money; on ``sells_nothing`` none of them does. ``leaves`` says
    of a control what pressing it leaves behind. ``is_test_card`` tells a published test number
    from a card that might be somebody's.
    """

    sites: tuple[str, ...]
    paying: frozenset[str]
    sells_nothing: frozenset[str]
    leaves: Mapping[str, str]
    is_test_card: Callable[[str], bool]
    # By site: the page object that the survey signs a buyer in with, and the page without one.
    sign_in: Mapping[str, type[SignInPage]] = field(default_factory=dict)
    sign_in_paths: Mapping[str, Sequence[str]] = field(default_factory=dict)


@cache
def content() -> Content:
    """The content of this project. It is imported when it is asked for: it imports the engine."""
    found: Content = import_module(content_package("steps.content")).CONTENT
    return found
