"""A stub for a site of the team, and the record of a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkout_conformance.safety.run_record import RunRecord
from checkout_conformance.targets.file import (
    MARKER,
)
from tests.support.stub_site import StubSite, stub_site

FORM = '<main><form method="post" action="{to}"><button>Pay</button></form></main>'


@pytest.fixture
def site() -> Iterator[StubSite]:
    with stub_site(
        {MARKER: "Test instance: of the payments team\n", "/": FORM.format(to="/pay")}
    ) as site:
        yield site


@pytest.fixture
def record(tmp_path: Path) -> RunRecord:
    return RunRecord(tmp_path / "spent.json", {})
