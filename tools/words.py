"""``python -m tools.words``: bring the catalogues up to date with the words of the interface.

What is new stands in the catalogues untranslated, for a translator; what is no longer said is
taken out. Nothing is guessed: no translation is marked as fuzzy.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from babel.messages.frontend import CommandLineInterface

SITES = Path(__file__).parents[1] / "mock_sites"
CATALOGUES = SITES / "translations"
KEYWORDS = "lazy_gettext lazy_pgettext:1c,2"
# No line numbers: a catalogue changes when words do, not when code moves.
EXTRACT = ["extract", "--no-location", f"--mapping={SITES / 'babel.cfg'}", f"--keyword={KEYWORDS}"]
UPDATE = ["update", "--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
WIDTH = "--width=100"


def extract_words(template: Path) -> None:
    """Write every message of the sites' code, templates and goods into a template catalogue."""
    _pybabel(*EXTRACT, WIDTH, f"--output-file={template}", str(SITES))


def update_catalogues(template: Path, folder: Path = CATALOGUES) -> None:
    """Give each language's catalogue the messages of the template, and no others."""
    for catalogue in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        language = catalogue.parents[1].name
        files = [f"--input-file={template}", f"--output-file={catalogue}"]
        _pybabel(*UPDATE, WIDTH, *files, f"--locale={language}")


def _pybabel(*arguments: str) -> None:
    CommandLineInterface().run(["pybabel", "--quiet", *arguments])  # type: ignore[no-untyped-call]


def main(arguments: Sequence[str] | None = None) -> int:
    """Update every catalogue; the exit status."""
    argparse.ArgumentParser(prog="python -m tools.words", description=__doc__).parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract_words(template)
        update_catalogues(template)
    return 0


if __name__ == "__main__":
    sys.exit(main())
