"""Write .vscode/settings.json: what the Cucumber extension needs to find the steps of a line.

It reads the decorators of the steps as Cucumber expressions, in which every field needs a type.
The extension sees the English sentences only: it reads no table of translations.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from checkout_conformance.sentences import ENGLISH, FIELD
from steps import pytest_plugins
from steps.support.sentences import SENTENCES

ROOT = Path(__file__).parents[1]
SETTINGS = ROOT / ".vscode" / "settings.json"


def settings() -> dict[str, object]:
    """The settings of the extension for this project."""
    return {
        "cucumber.features": ["features/**/*.feature"],
        "cucumber.glue": ["steps/*.py"],
        "cucumber.parameterTypes": [
            {"name": name, "regexp": SENTENCES.kinds[kind].expression}
            for name, kind in sorted(_fields().items())
        ],
    }


def text() -> str:
    """The file, as it is committed."""
    return json.dumps(settings(), ensure_ascii=False, indent=2) + "\n"


def _fields() -> dict[str, str]:
    """The kind of each field of the English sentences, by what stands between its braces."""
    for plugin in pytest_plugins:
        import_module(plugin)
    texts = [
        wording.text
        for _, sentence in SENTENCES.registered
        for wording in sentence.wordings
        if wording.locale == ENGLISH
    ]
    return {
        f"{name}:{kind}" if kind else name: kind or "Text"
        for text in texts
        for name, kind in FIELD.findall(text)
    }


def main() -> None:
    """Write the file."""
    SETTINGS.parent.mkdir(exist_ok=True)
    SETTINGS.write_text(text(), encoding="utf-8")
    print(f"wrote {SETTINGS.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
