"""Import the modules of a package with a choice in place of each assertion, never on disk."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from checkout_conformance.oracle.assertions import instrumented


class InstrumentedLoader(SourceFileLoader):
    """Loads a module from its source, instrumented; no compiled copy is read or written."""

    def get_code(self, fullname: str) -> CodeType:
        """Compile the instrumented source."""
        path = self.get_filename(fullname)
        tree = instrumented(self.get_data(path), fullname, path)
        return compile(tree, path, "exec", dont_inherit=True)


class InstrumentingFinder(MetaPathFinder):
    """Finds the modules below a package."""

    def __init__(self, package: str) -> None:
        self._below = f"{package}."

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Find a module as Python does, with another loader."""
        spec = PathFinder.find_spec(fullname, path) if fullname.startswith(self._below) else None
        if spec is None or not isinstance(spec.loader, SourceFileLoader):
            return None
        spec.loader = InstrumentedLoader(fullname, spec.loader.path)
        return spec


def instrument(package: str) -> Any:
    """From now on the modules below that package are imported instrumented; return the finder."""
    finder = InstrumentingFinder(package)
    sys.meta_path.insert(0, finder)
    return finder
