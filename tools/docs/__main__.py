"""``python -m tools.docs``: build the documentation, strictly, from ``docs/`` and from the code."""

from __future__ import annotations

import argparse
import logging
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from babel.messages.pofile import read_po
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from checkout_conformance.clauses import LANGUAGES, OUR_LANGUAGE
from checkout_conformance.project import LATEST, ROOT
from tools.docs.house import RULES_HERE, picture, rules_table
from tools.docs.procedures import procedure_pages
from tools.docs.reference import reference_pages
from tools.docs.step_catalogue import Catalogue

WRITTEN = ROOT / "docs"
CONFIG = WRITTEN / "mkdocs.yml"
# Pictures that other folders hold, and that pages show.
REPORT_WORDS = re.compile(r"\{\{([^}]+)\}\}")
PICTURES = (
    "reports/example.png",
    "benchmarks/scenarios.svg",
    "benchmarks/load/scaling/scaling.svg",
)


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
    for name in PICTURES:
        shutil.copy(ROOT / name, source / "assets")
    (source / "assets" / "house.svg").write_text(picture(), encoding="utf-8")
    for page in source.rglob("*.md"):
        page.write_text(with_report_words(page), encoding="utf-8")
    architecture = source / "inside" / "architecture.md"
    written = architecture.read_text(encoding="utf-8")
    architecture.write_text(written.replace(RULES_HERE, rules_table()), encoding="utf-8")
    for path, text in generated_pages().items():
        page = source / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")


def with_report_words(page: Path) -> str:
    """The text of a page, with ``{{words}}`` as the reports say them in the page's language.

    Raises LookupError for words that the reports do not say.
    """
    suffix = page.stem.rpartition(".")[2]
    language = suffix if suffix in LANGUAGES else OUR_LANGUAGE
    # The English words are the ids of every catalogue.
    catalogue = language if language != OUR_LANGUAGE else LANGUAGES[-1]
    with (ROOT / "reports" / "translations" / f"{catalogue}.po").open("rb") as file:
        known = read_po(file, catalogue)

    def said(words: re.Match[str]) -> str:
        if words[1] not in known:
            raise LookupError(f"{page.name}: the reports do not say {words[1]!r}")
        return words[1] if language == OUR_LANGUAGE else str(known[words[1]].string)

    return REPORT_WORDS.sub(said, page.read_text(encoding="utf-8"))


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
