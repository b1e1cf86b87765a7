"""Pages that a project adds to a mock site."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask import Flask

from mock_sites.shared.runtime.extensions import ExtensionError, Extensions
from mock_sites.shared.runtime.site import Site


def create() -> Site:
    return Site(Flask("shop"), cast(Any, SimpleNamespace(is_shared=False)))


def extended(file: Path, name: str = "shop") -> Site:
    extensions = Extensions()
    extensions.files = [file]
    return extensions.of(name, create)()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "returns.py"
    path.write_text('def shop(app):\n    app.add_url_rule("/r", "r", lambda: "returned")\n')
    return path


def test_a_file_adds_a_page_to_the_site_that_its_function_names(file: Path) -> None:
    assert extended(file).app.test_client().get("/r").text == "returned"


def test_another_site_stays_as_it_is(file: Path) -> None:
    assert extended(file, "wallet").app.test_client().get("/r").status_code == 404


@pytest.mark.parametrize("text", ["def shop(app):\n    raise KeyError('x')", "shop ="])
def test_a_file_that_cannot_extend_a_site_is_named(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(ExtensionError, match=r"returns\.py cannot extend the shop: "):
        extended(file)
