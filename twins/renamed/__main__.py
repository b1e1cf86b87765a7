"""``python -m twins.renamed``: serve the renamed sites, with the options of the mock sites."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import mock_sites.__main__ as sites
from twins.renamed.sites import of_renamed


def prepare() -> None:
    """Do what every stack needs once, before this process is forked."""
    sites.prepare()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; the exit status."""
    with tempfile.TemporaryDirectory(prefix="renamed-sites-") as folder, of_renamed(Path(folder)):
        return sites.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
