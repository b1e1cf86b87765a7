from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.recording_site import RecordingSite, recording_site


@pytest.fixture
def site() -> Iterator[RecordingSite]:
    """A site without pages."""
    with recording_site() as site:
        yield site
