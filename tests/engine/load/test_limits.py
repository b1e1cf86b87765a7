"""No load without a marker, and none beyond what the target file allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.load.job import Arrivals
from checkout_conformance.load.limits import require_load
from checkout_conformance.targets.file import MARKER, SafetyRefusal
from checkout_conformance.targets.reading import read_file
from checkout_conformance.targets.target import target_file
from tests.support.stub_site import StubSite, stub_site

ALLOWED = "[load]\narrivals_per_second = 2\nbuyers = 10\nseconds = 60\n"
MODEST = Arrivals(2, 60, {"W1": 1}, 1)


def require(
    folder: Path, site: StubSite, more: str, arrivals: Arrivals = MODEST, buyers: int = 10
) -> None:
    file = folder / "staging.toml"
    file.write_text(f'name = "staging"\n[sites.wallet]\nurl = "{site.url}"\n{more}')
    require_load(read_file(file), arrivals, buyers)


def test_mock_sites_may_get_any_load() -> None:
    require_load(target_file("mock"), Arrivals(1000, 3600, {"W1": 1}, 1), 100_000)


def test_sites_of_a_team_get_none_unless_the_file_allows_it(tmp_path: Path) -> None:
    with stub_site({MARKER: "Test instance\n"}) as site:
        with pytest.raises(SafetyRefusal, match=r"a table \[load\]"):
            require(tmp_path, site, "")
        assert site.log == []

        require(tmp_path, site, ALLOWED)


@pytest.mark.parametrize(
    ("arrivals", "buyers", "said"),
    [
        (Arrivals(2.1, 60, {"W1": 1}, 1), 10, "arrivals_per_second of staging allows 2"),
        (Arrivals(2, 61, {"W1": 1}, 1), 10, "seconds of staging allows 60"),
        (MODEST, 11, "buyers of staging allows 10"),
    ],
)
def test_more_than_the_file_allows_is_refused_and_nothing_is_sent(
    tmp_path: Path, arrivals: Arrivals, buyers: int, said: str
) -> None:
    with stub_site({MARKER: "Test instance\n"}) as site:
        with pytest.raises(SafetyRefusal, match=said):
            require(tmp_path, site, ALLOWED, arrivals, buyers)
        assert site.log == []


def test_without_the_marker_there_is_no_load(tmp_path: Path) -> None:
    with stub_site({"/": "a shop"}) as site, pytest.raises(SafetyRefusal, match="test instance"):
        require(tmp_path, site, ALLOWED)
