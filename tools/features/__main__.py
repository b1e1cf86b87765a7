"""Checks feature files, and with ``--fix`` lays them out: ``python -m tools.features FILES``.

The pre-commit hook and ``make check`` call it. Without files it takes all of the project.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from gherkin.errors import ParserError
from pytest_bdd.exceptions import FeatureError

from checkout_conformance.evidence.feature_errors import errors_of_file
from tools import ROOT
from tools.features.layout import laid_out


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is wrong; return 1 if anything is, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.features", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--fix", action="store_true", help="lay the files out")
    given = parser.parse_args(arguments)
    files = given.files or sorted((ROOT / "features").rglob("*.feature"))
    found = [line for file in files for line in _wrong(file, fix=given.fix)]
    for line in found:
        print(line)
    return 1 if found else 0


def _wrong(file: Path, *, fix: bool) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    try:
        wanted = laid_out(text)
        for line, error in errors_of_file(str(file)):
            yield f"{file}:{line}: {error}"
    except (ParserError, FeatureError) as error:
        yield f"{file}: {error}"
        return
    if wanted == text:
        return
    if fix:
        file.write_text(wanted, encoding="utf-8")
    lines = zip(text.splitlines(), wanted.splitlines(), strict=True)
    first = next((n for n, (is_, should) in enumerate(lines, 1) if is_ != should), 1)
    yield f"{file}:{first}: {'was laid out' if fix else 'is laid out otherwise. Type: make format'}"


if __name__ == "__main__":
    sys.exit(main())
