"""The target of a run: its sites, their addresses and their language."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import pytest

from checkout_conformance.content import content, site_names
from checkout_conformance.data import DataError
from checkout_conformance.project import TARGETS
from checkout_conformance.targets.file import MockSettings, TargetError, TargetFile
from checkout_conformance.targets.glossary import Glossary
from checkout_conformance.targets.names import Name, name_of
from checkout_conformance.targets.reading import read_file
from checkout_conformance.targets.values import CLOCK

if TYPE_CHECKING:
    from checkout_conformance.safety.press_guard import PressGuard

NOT_OFFERED = "not offered by the target: "
Page = TypeVar("Page")


class SiteUnreachable(Exception):
    """A site of the target does not answer. The message says which, and what to do."""


def not_offered(what: str) -> NoReturn:
    """Skip the scenario, because the target does not offer ``what``."""
    pytest.skip(f"{NOT_OFFERED}{what}")


@dataclass(frozen=True)
class Target:
    """The sites of a run."""

    name: str
    locale: str
    device: str | None = None
    mocks: MockSettings | None = None
    urls: Mapping[str, str] = field(default_factory=dict)
    control_tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    merchant_key: str = field(default="", repr=False)
    # The sites whose page objects open an account for a buyer without one.
    registering: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    page_classes: Mapping[str, str] = field(default_factory=dict)
    # How many seconds a scenario may wait where the clock cannot be moved.
    longest_wait: float = 0
    # What one site alone lacks.
    lacks_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # The paths of pages that are opened by their address, by site and name.
    paths: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # The length of a code in a message; None: found by the words beside it.
    code_digits: int | None = None
    # Whether preconditions run in the browser too, for people who watch or pages with scripts.
    on_screen: bool = True
    # Asked before anything is pressed or typed; None where all sites are our own mocks.
    press_guard: PressGuard | None = field(default=None, compare=False)

    @cached_property
    def glossary(self) -> Glossary:
        """The documented labels in the target's language."""
        return Glossary(self.locale)

    def label(self, name: str) -> str:
        """Return the text of the control ``name`` on this target's pages.

        Skips the scenario if the target does not offer it.
        """
        self.require(name)
        return self.labels.get(name) or self.glossary.label(name)

    def name_of(self, label: str) -> Name:
        """Return the name of a control, as it is looked for on this target's pages.

        Skips the scenario if the target does not offer it.
        """
        return name_of(self.label(label), self._all_labels)

    @cached_property
    def _all_labels(self) -> tuple[str, ...]:
        names = sorted(self.glossary.names())
        return tuple(self.labels.get(name) or self.glossary.label(name) for name in names)

    def words(self, text: str) -> str:
        """Return the label's text if ``text`` is the name of a label, else ``text`` itself."""
        return self.label(text) if text in self.glossary.names() else text

    def url(self, site: str, path: str = "/") -> str:
        """Return the address of a page; skip the scenario if the target has no such site.

        Raises TargetError for an unknown site name.
        """
        if site not in site_names():
            raise TargetError(f"there is no site {site!r}, only: {', '.join(site_names())}")
        if site not in self.urls:
            not_offered(f"the {site}")
        return self.urls[site].rstrip("/") + path

    def path(self, site: str, name: str) -> str:
        """Return the path of a page by its name in the data. Raises DataError for another name."""
        paths = self.paths or content().data.reference().paths
        if name not in paths.get(site, {}):
            raise DataError(f"features/data.toml has no path {name!r} of the {site}: add it there")
        return paths[site][name]

    def in_locale(self, locale: str | None) -> Target:
        """Return this target in another language, or unchanged for None."""
        return replace(self, locale=locale or self.locale)

    def in_other_language(self, locale: str) -> Target:
        """Return this target as its pages are in a language that need not be the run's.

        The labels of a target file are those of the run's own language.
        """
        return self if locale == self.locale else replace(self, locale=locale, labels={})

    def require(self, capability: str, site: str | None = None) -> None:
        """Skip the scenario if the target, or one site of it, does not offer ``capability``."""
        if self.does_lack(capability, site):
            is_whole = site is None or self.does_lack(capability)
            not_offered(capability if is_whole else f"{capability} (of the {site})")

    def does_lack(self, capability: str, site: str | None = None) -> bool:
        """Whether the target, or one site of it, does not offer ``capability``."""
        if capability in self.lacks or (capability == CLOCK and self.has_real_clock):
            return True
        return site is not None and capability in self.lacks_of.get(site, ())

    def may_wait(self, seconds: float | None) -> bool:
        """Whether so much time may pass in fact; None: a time that cannot be waited for."""
        return seconds is not None and seconds <= self.longest_wait

    @property
    def has_real_clock(self) -> bool:
        """Whether some sites are the team's own and others mocks, whose clocks are not one.

        Moving the mocks' clock would make everything past due that the others have made.
        """
        own = self.mocks.sites if self.mocks else ()
        return bool(own) and any(site not in own for site in self.urls)

    def found_at(
        self, urls: Mapping[str, str], control_token: str, merchant_key: str = ""
    ) -> Target:
        """Return this target with the addresses and keys of its started mock sites."""
        return replace(
            self,
            urls={**urls, **self.urls},
            control_tokens={**dict.fromkeys(urls, control_token), **self.control_tokens},
            merchant_key=self.merchant_key or merchant_key,
        )

    def replaced(self, page_class: type[Page]) -> type[Page]:
        """Return the page object class: the given one, or that of the target file.

        Raises TargetError if the class of the file is not found or is no subclass.
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
    """Return the target of a file, before its mock sites are started."""
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
        longest_wait=file.longest_wait_seconds,
        lacks_of={name: frozenset(site.lacks) for name, site in file.sites.items()},
        # The name of a product or payee stands with its other data.
        labels={**file.labels, **file.data.labels},
        paths=file.data.paths,
        page_classes=file.pages,
        code_digits=file.codes.digits,
    )


def target_path(name: str, folder: Path = TARGETS) -> Path:
    """Return where the target file is: ``name`` is its path, or its name in ``targets/``."""
    return Path(name) if name.endswith(".toml") else folder / f"{name}.toml"


def target_file(name: str, folder: Path = TARGETS) -> TargetFile:
    """Return the settings of a target file, by its path or its name in ``targets/``.

    Raises TargetError if the file does not exist or has mistakes.
    """
    path = target_path(name, folder)
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml")))
        raise TargetError(f"there is no target {name!r}; give a file, or choose one of: {known}")
    return read_file(path)
