"""Write .vscode/settings.json: what the Cucumber extension needs to find the steps of a line.

It reads the decorators of the steps as Cucumber expressions, in which every field needs a type.
The extension sees the English sentences only: it reads no table of translations.
"""

from __future__ import annotations

import sys
from pathlib import Path

from checkout_conformance.own.editor import editor_settings

ROOT = Path(__file__).parents[1]
SETTINGS = ROOT / ".vscode" / "settings.json"


def text() -> str:
    """The file, as it is committed."""
    return editor_settings(["steps/*.py"])


def main() -> None:
    """Write the file."""
    SETTINGS.parent.mkdir(exist_ok=True)
    SETTINGS.write_text(text(), encoding="utf-8")
    print(f"wrote {SETTINGS.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
