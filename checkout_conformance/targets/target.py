"""The target: which sites a run drives, where they are and in which language."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import pytest

from checkout_conformance.content import content
from checkout_conformance.project import TARGETS
from checkout_conformance.targets.file import MockSettings, TargetError, TargetFile, read_file
from checkout_conformance.targets.glossary import Glossary

if TYPE_CHECKING:
    from checkout_conformance.safety.press_guard import PressGuard

NOT_OFFERED = "not offered by the target: "
Page = TypeVar("Page")


class SiteUnreachable(Exception):
    """A site of the target does not answer. The message says which one, and what to do."""


def not_offered(what: str) -> NoReturn:
    """End the scenario: it needs ``what``, and the target declares that it lacks it."""
    pytest.skip(f"{NOT_OFFERED}{what}")


@dataclass(frozen=True)
class Target:
    """The sites that a run drives."""

    name: str
    locale: str
    device: str | None = None
    mocks: MockSettings | None = None
    urls: Mapping[str, str] = field(default_factory=dict)
    control_tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    merchant_key: str = field(default="", repr=False)
    # The sites whose page objects open an account for whoever enters without one.
    registering: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    page_classes: Mapping[str, str] = field(default_factory=dict)
    # Whether what a scenario presupposes is done on the screen too: people or scripts need it.
    on_screen: bool = True
    # Asked before anything is pressed or typed; None where all sites are our own mocks.
    press_guard: PressGuard | None = field(default=None, compare=False)

    @cached_property
    def glossary(self) -> Glossary:
        """The labels that the pages of this target must carry."""
        return Glossary(self.locale)

    def label(self, name: str) -> str:
        """What the control that a feature calls ``name`` says on this target's pages.

        Where the target declares that it lacks it, the scenario is not offered.
        """
        self.require(name)
        return self.labels.get(name) or self.glossary.label(name)

    def words(self, text: str) -> str:
        """What the pages show for a name that has a label; any other text is shown as it is."""
        return self.label(text) if text in self.glossary.names() else text

    def url(self, site: str, path: str = "/") -> str:
        """The address of a page of ``site``; where the target has no such site it is not offered.

        Raises TargetError for what is no site at all.
        """
        if site not in content().sites:
            raise TargetError(f"there is no site {site!r}, only: {', '.join(content().sites)}")
        if site not in self.urls:
            not_offered(f"the {site}")
        return self.urls[site].rstrip("/") + path

    def in_locale(self, locale: str | None) -> Target:
        """This target in another language; in its own where none is given."""
        return replace(self, locale=locale or self.locale)

    def require(self, capability: str) -> None:
        """Go on only if the target offers ``capability``; else the scenario is not offered."""
        if capability in self.lacks:
            not_offered(capability)

    def found_at(
        self, urls: Mapping[str, str], control_token: str, merchant_key: str = ""
    ) -> Target:
        """This target once its mock sites have been started."""
        return replace(
            self,
            urls={**urls, **self.urls},
            control_tokens={**dict.fromkeys(urls, control_token), **self.control_tokens},
            merchant_key=self.merchant_key or merchant_key,
        )

    def replaced(self, page_class: type[Page]) -> type[Page]:
        """The class to use for a page: ours, or the one that the target's file names for it.

        Raises TargetError if that one cannot be found or is of another kind.
        """
        where = self.page_classes.get(page_class.__name__)
        if where is None:
            return page_class
        try:
            found = pkgutil.resolve_name(where)
        except (ImportError, AttributeError, ValueError) as error:
            raise TargetError(f"pages: {where} is not there: {error}") from None
        if not (isinstance(found, type) and issubclass(found, page_class)):
            raise TargetError(f"{where} is no {page_class.__name__}: derive it from that class")
        return found


def target_of(file: TargetFile) -> Target:
    """The target that a file describes; its mock sites are not started yet."""
    tokens = {name: site.control_token_env for name, site in file.sites.items()}
    key = file.merchant.secret_key_env if file.merchant else None
    return Target(
        name=file.name,
        locale=file.locale,
        device=file.device,
        mocks=file.mocks,
        urls={name: site.url for name, site in file.sites.items()},
        control_tokens={site: token.get_secret_value() for site, token in tokens.items() if token},
        merchant_key=key.get_secret_value() if key else "",
        registering=frozenset(name for name, site in file.sites.items() if site.registers),
        lacks=frozenset(file.lacks),
        labels=file.labels,
        page_classes=file.pages,
    )


def target_file(name: str, folder: Path = TARGETS) -> TargetFile:
    """What a target's file says: one of ``targets/`` by its name, or any by its path.

    Raises TargetError if there is none, or for each of its mistakes.
    """
    path = Path(name) if name.endswith(".toml") else folder / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise TargetError(f"there is no target {name!r}; give a file, or choose one of: {known}")
    return read_file(path)
