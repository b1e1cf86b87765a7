"""``python -m tools.docs``: build the documentation, strictly, from ``docs/`` and from the code."""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from checkout_conformance.project import LATEST, ROOT
from tools.docs.procedures import procedure_pages
from tools.docs.reference import reference_pages
from tools.docs.step_catalogue import Catalogue

WRITTEN = ROOT / "docs"
CONFIG = WRITTEN / "mkdocs.yml"
# Pictures that other folders hold, and that pages show.
PICTURES = ("reports/example.png", "benchmarks/scenarios.svg")


def generated_pages() -> dict[str, str]:
    """The text of every generated page by its path."""
    catalogue = Catalogue()
    return {
        "reference/steps.md": catalogue.page(),
        **procedure_pages(catalogue),
        **reference_pages(),
    }


def assemble(source: Path) -> None:
    """Put the pages of ``docs/`` and the generated ones into one folder."""
    shutil.copytree(WRITTEN, source, ignore=shutil.ignore_patterns(CONFIG.name))
    for picture in PICTURES:
        shutil.copy(ROOT / picture, source / "assets")
    for path, text in generated_pages().items():
        page = source / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")


def build_site(into: Path) -> None:
    """Build the site. Raises mkdocs' Abort on the first run with a warning."""
    with tempfile.TemporaryDirectory(prefix="docs-") as folder:
        source = Path(folder) / "pages"
        assemble(source)
        build(
            load_config(str(CONFIG), strict=True, docs_dir=str(source), site_dir=str(into)),
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; the exit status is 1 if a link or a page is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description=__doc__)
    parser.add_argument("--into", type=Path, default=LATEST / "docs", help="the folder of the site")
    into: Path = parser.parse_args(arguments).into.resolve()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        build_site(into)
    except Abort as error:
        print(f"The documentation is not built: {error}", file=sys.stderr)
        return 1
    print(f"Documentation: {into / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
