"""Pages that a project adds to the mock sites, by Python files that it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from flask import Flask

from .site import Site

Create = Callable[..., Site]


class ExtensionError(Exception):
    """A file cannot extend a site. The message names the file."""


class Extensions:
    """The files and what their functions add, called as the site is made; then its changes."""

    def __init__(self) -> None:
        self.files: Sequence[Path] = ()
        # By site: what changes it once it is made.
        self.changes: dict[str, Callable[[Flask], None]] = {}

    def of(self, name: str, create: Create) -> Create:
        """Return a function that makes the site and lets every file add to it.

        It raises ExtensionError for a file that is not there or raises an error.
        """

        def extended(*of_stack: Any) -> Site:
            site = create(*of_stack)
            for file in self.files:
                _add(file, name, site)
            if name in self.changes:
                self.changes[name](site.app)
            return site

        return extended


def _add(file: Path, name: str, site: Site) -> None:
    spec = spec_from_file_location(file.stem, file)
    try:
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        add = getattr(module, name, None)
        if add is not None:
            add(site.app)
    except Exception as error:
        raise ExtensionError(
            f"{file} cannot extend the {name}: {type(error).__name__}: {error}"
        ) from error
