"""A context over HTTP speaks the language that it was asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.targets.target import Target


@pytest.mark.parametrize(("options", "language"), [({}, "en"), ({"locale": "ru"}, "ru")])
def test_a_context_has_the_language_of_the_target_or_its_own(
    http_contexts: Callable[..., HttpContext],
    target: Target,
    options: dict[str, str],
    language: str,
) -> None:
    page = http_contexts(**options).new_page()
    page.goto(target.url("wallet", "/sign-in"))
    assert page.locator("html").get_attribute("lang") == language
