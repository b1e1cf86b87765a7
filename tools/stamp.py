"""What a step of the set-up leaves behind, so that the next run need not take it again.

The bootstrap reads it before anything is installed, so this module needs the standard library only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path


class Stamp:
    """Written when a step has ended, so that the next run can tell that nothing is to do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, object]:
        """What was true when the step ended; empty if it never did."""
        try:
            content = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def write(self, content: dict[str, str]) -> None:
        """The step has ended."""
        self.path.write_text(json.dumps(content, indent=1) + "\n")


def digest(files: Sequence[Path]) -> str:
    """One hash over the contents of the files."""
    total = hashlib.sha256()
    for file in files:
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def fingerprint(program: str | Path | None) -> str:
    """Changes when another program stands at the path; empty if there is none."""
    if program is None or not Path(program).exists():
        return ""
    return f"{program} {Path(program).stat().st_mtime_ns}"
