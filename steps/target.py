"""The target: which sites a run drives, where they are and in which language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NoReturn

import pytest

from steps.glossary import Glossary

TARGETS = Path(__file__).parents[1] / "targets"


class TargetError(Exception):
    """The description of a target cannot be used. The message says what to do."""


class SiteUnreachable(Exception):
    """A site of the target does not answer. The message says which one, and what to do."""


NOT_OFFERED = "not offered by the target: "


def not_offered(what: str) -> NoReturn:
    """End the scenario: it needs ``what``, and the target declares that it lacks it."""
    pytest.skip(f"{NOT_OFFERED}{what}")


@dataclass(frozen=True)
class Target:
    """The sites that a run drives."""

    name: str
    locale: str
    starts_own_stack: bool = False
    urls: Mapping[str, str] = field(default_factory=dict)
    control_token: str = field(default="", repr=False)
    merchant_key: str = field(default="", repr=False)
    lacks: frozenset[str] = frozenset()

    @cached_property
    def glossary(self) -> Glossary:
        """The labels that the pages of this target must carry."""
        return Glossary(self.locale)

    def label(self, name: str) -> str:
        """What the control that a feature calls ``name`` says on this target's pages."""
        return self.glossary.label(name)

    def words(self, text: str) -> str:
        """What the pages show for a name that has a label; any other text is shown as it is."""
        return self.label(text) if text in self.glossary.names() else text

    def url(self, site: str, path: str = "/") -> str:
        """The address of a page of ``site`` ("wallet", "shop" or "phone")."""
        if site not in self.urls:
            known = ", ".join(self.urls) or "none"
            raise TargetError(f"the target {self.name!r} has no site {site!r}, only: {known}")
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
        """This target once its sites have been started."""
        return replace(
            self, urls=dict(urls), control_token=control_token, merchant_key=merchant_key
        )


def read_target(name: str, folder: Path = TARGETS) -> Target:
    """The target that ``targets/<name>.toml`` describes."""
    path = folder / f"{name}.toml"
    try:
        described = tomllib.loads(path.read_text(encoding="utf-8"))
        return Target(**{**described, "lacks": frozenset(described.get("lacks", ()))})
    except FileNotFoundError:
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise TargetError(f"there is no target {name!r}; choose one of: {known}") from None
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise TargetError(f"{path} cannot be read: {error}") from None
