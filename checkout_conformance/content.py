"""The facts that a project's content gives to the engine, which knows no wallet, shop or card.

The module ``steps/content.py`` of a project defines them as ``CONTENT``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from checkout_conformance.data import DescribedData
from checkout_conformance.project import content_package, own_sites
from checkout_conformance.team import ProjectError

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from checkout_conformance.people import Buyer


# It is part of an address and the name of a package.
SITE_NAME = re.compile("[a-z][a-z0-9]{0,29}")


class SignInPage(Protocol):
    """A page object that can sign a buyer in."""

    # A Target, whose module imports this one.
    def __init__(self, page: Page, target: Any) -> None:
        """Make the page object for a tab."""

    def enter(self, buyer: Buyer) -> None:
        """Sign in."""


@dataclass(frozen=True)
class LoadContent:
    """What virtual buyers do (``checkout-conformance load``).

    ``walks``: by procedure, what walks it as the buyer of a ``Visit``. ``controls`` makes what the
    walks of a process share, from the target and its inbox and accounts. ``open_accounts`` gets
    these controls, and gives a buyer of a procedure what it needs. ``discrepancies`` gets them
    too; it lists what is wrong with the books of all sites once everything has settled, and is
    asked only where the target has records.
    """

    walks: Mapping[str, Callable[[Any], None]]
    controls: Callable[..., Any]
    open_accounts: Callable[[Any, Buyer, str], None]
    discrepancies: Callable[[Any], Sequence[str]]


@dataclass(frozen=True)
class Content:
    """The facts about the procedures' sites that the safety rules and the survey need.

    ``paying``: the controls, by their names in the features, that may move money; on the sites
    of ``sells_nothing`` they do not.
    ``leaves``: for each control, what pressing it leaves on the site.
    ``parts``: for a control whose label may be on the page more than once, the name of the part
    of the page that it belongs to.
    ``is_test_card``: whether a card number is a published test number.
    """

    paying: frozenset[str]
    sells_nothing: frozenset[str]
    leaves: Mapping[str, str]
    is_test_card: Callable[[str], bool]
    parts: Mapping[str, str] = field(default_factory=dict)
    # By site: the procedures in which a buyer uses it.
    procedures: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # By site: the page object that signs a buyer in, and the pages to survey without a buyer, by
    # the names of their paths in the data.
    sign_in: Mapping[str, type[SignInPage]] = field(default_factory=dict)
    surveyed_paths: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # The module with what virtual buyers do, as ``LOAD``; imported for a load only.
    load: str = ""
    # What the features' data consists of; a target file overrides it.
    data: type[DescribedData] = DescribedData


@cache
def site_names() -> tuple[str, ...]:
    """Return the names of the sites that a target file may use: our mock sites and the project's.

    Raises ProjectError if the project gives a site a name that it cannot have.
    """
    ours: tuple[str, ...] = import_module(content_package("mock_sites")).SITES
    own = own_sites()
    for folder in own:
        _check_name(folder, ours)
    return (*ours, *(folder.name for folder in own))


def _check_name(folder: Path, ours: Sequence[str]) -> None:
    place = f"mocks/{folder.name}"
    if folder.name in ours:
        raise ProjectError(
            f"{place}: the {folder.name} is a mock site of ours; give the folder another name."
            f" Pages for ours go into a file such as mocks/pages.py with a function"
            f" {folder.name}(app)."
        )
    if not SITE_NAME.fullmatch(folder.name):
        raise ProjectError(
            f"{place}: a site has the name of its folder, which needs small letters and digits"
        )


@cache
def content() -> Content:
    """Return the project's content; imported on first use, because it imports the engine."""
    found: Content = import_module(content_package("steps.content")).CONTENT
    return found


@cache
def load_content() -> LoadContent:
    """Return what virtual buyers do. Raises ProjectError if the project does not say it."""
    name = content().load
    if not name:
        raise ProjectError("steps/content.py names no module for load: there is nothing to walk")
    found: LoadContent = import_module(content_package(name)).LOAD
    return found
