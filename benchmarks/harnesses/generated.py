"""The walk in the peers' files, with a row for each scenario."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harnesses.installed import PEERS


def write_feature(file: Path, count: int) -> None:
    """Write the walk's feature, with a row of Examples for each scenario."""
    outline = (PEERS / "walk.feature").read_text(encoding="utf-8")
    rows = "".join(f"      | {number} |\n" for number in range(count))
    file.write_text(outline + rows, encoding="utf-8")


def add_tests(suite: Path, count: int) -> None:
    """Add a test for each scenario to a suite of Robot's."""
    rows = "".join(f"Time {number}\n    {number}\n" for number in range(count))
    suite.write_text(suite.read_text(encoding="utf-8") + rows, encoding="utf-8")


@contextmanager
def feature_of(count: int) -> Iterator[Path]:
    """The walk's feature in a folder of its own while the block runs."""
    with TemporaryDirectory() as folder:
        feature = Path(folder) / "walk.feature"
        write_feature(feature, count)
        yield feature
