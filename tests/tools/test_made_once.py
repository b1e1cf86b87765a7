"""What takes seconds to make is made once for all workers of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.made_once import made_once


class Making:
    """Fills a folder, and counts how often."""

    def __init__(self, fails: int = 0) -> None:
        self.calls = 0
        self._fails = fails

    def __call__(self, folder: Path) -> None:
        self.calls += 1
        assert not list(folder.iterdir())
        (folder / "made").touch()
        if self.calls <= self._fails:
            raise OSError("the disk is full")


def test_workers_share_what_one_of_them_has_made(tmp_path: Path) -> None:
    making = Making()
    found = {
        made_once(tmp_path / f"popen-{name}", name, "wheel", making) for name in ("gw0", "gw1")
    }
    assert found == {tmp_path / "wheel"}
    assert making.calls == 1
    assert [file.name for file in (tmp_path / "wheel").iterdir()] == ["made"]


def test_a_run_without_workers_keeps_it_in_its_own_folder(tmp_path: Path) -> None:
    making = Making()
    assert made_once(tmp_path, "master", "wheel", making) == tmp_path / "wheel"
    assert made_once(tmp_path, "master", "other", making) == tmp_path / "other"
    assert making.calls == 2


def test_what_could_not_be_made_is_made_anew(tmp_path: Path) -> None:
    making = Making(fails=1)
    with pytest.raises(OSError, match="full"):
        made_once(tmp_path, "master", "wheel", making)
    made_once(tmp_path, "master", "wheel", making)
    assert making.calls == 2
