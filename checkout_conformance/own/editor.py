"""The settings of the official Cucumber extension, which finds sentences by their decorators."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module

from checkout_conformance.project import content_package
from checkout_conformance.sentences import ENGLISH, FIELD, Sentences


def editor_settings(glue: Sequence[str]) -> str:
    """Return ``.vscode/settings.json``; ``glue`` are the patterns of the files with steps."""
    steps = import_module(content_package("steps"))
    for plugin in steps.PLUGINS:
        import_module(plugin)
    sentences: Sentences = import_module(content_package("steps.support.sentences")).SENTENCES
    settings = {
        "cucumber.features": ["features/**/*.feature"],
        "cucumber.glue": list(glue),
        "cucumber.parameterTypes": [
            {"name": name, "regexp": sentences.kinds[kind].expression}
            for name, kind in sorted(_fields(sentences).items())
        ],
    }
    return json.dumps(settings, ensure_ascii=False, indent=2) + "\n"


def _fields(sentences: Sentences) -> dict[str, str]:
    """Return the kind of each field of the English sentences, by what stands in its braces."""
    texts = [
        wording.text
        for _, sentence in sentences.registered
        for wording in sentence.wordings
        if wording.locale == ENGLISH
    ]
    return {
        f"{name}:{kind}" if kind else name: kind or "Text"
        for text in texts
        for name, kind in FIELD.findall(text)
    }
