"""The templates of the reports: compiled once, filled in each language."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from checkout_conformance.reporting.templates import environment

PAGE = "no_report.html"


def test_a_page_in_another_language_needs_no_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"language": "en", "direction": "ltr", "reason": "lost"}
    english = environment("en").get_template(PAGE).render(words)
    monkeypatch.delattr(Environment, "compile")
    russian = environment("ru").get_template(PAGE).render(words)
    assert environment("en").get_template(PAGE).render(words) == english
    assert russian != english
    assert "lost" in russian
