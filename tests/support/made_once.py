"""What takes seconds to make, made once for all workers of a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

from filelock import FileLock


def made_once(base: Path, worker_id: str, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder ``name``, which ``make`` has filled for the first worker that asks.

    ``base`` is the worker's ``getbasetemp()``, ``worker_id`` the fixture of that name. The other
    workers wait for the folder, and may only read it. If ``make`` fails, the next one tries again.
    """
    shared = base if worker_id == "master" else base.parent
    folder, done = shared / name, shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
