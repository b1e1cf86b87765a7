from __future__ import annotations

from tools.editor_settings import SETTINGS, text


def test_the_editor_knows_the_fields_of_every_sentence() -> None:
    advice = "run: python -m tools.editor_settings"
    assert SETTINGS.read_text(encoding="utf-8") == text(), advice
