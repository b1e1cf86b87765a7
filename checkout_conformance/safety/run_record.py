"""Small JSON files that the workers of a run share, with a lock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock


class RunRecord:
    """A JSON value in a file that several processes read and change."""

    def __init__(self, path: Path, empty: Any) -> None:
        self._path = path
        self._empty = empty
        self._lock = FileLock(path.with_suffix(".lock"))

    def read(self) -> Any:
        """Return the current value."""
        with self._lock:
            return self._value()

    @contextmanager
    def changing(self) -> Iterator[Any]:
        """Yield the value to be changed in place; it is saved unless the block raises."""
        with self._lock:
            value = self._value()
            yield value
            self._path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    def _value(self) -> Any:
        if not self._path.exists():
            return json.loads(json.dumps(self._empty))
        return json.loads(self._path.read_text(encoding="utf-8"))
