"""The pages of the documentation follow the HTML standard, except for what their theme writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.html_standards import (
    SETTINGS_OF_DOCUMENTATION,
    found_by_html_validate,
    found_by_vnu,
)

# The first test to come builds the site.
pytestmark = pytest.mark.timeout(600)
# What the theme writes into every page; html_validate_documentation.cjs says the same.
OF_THE_THEME = (
    # Labels that open a menu have an empty one.
    r"Bad value “” for attribute “tabindex” on element “label”.*",
    # Tick boxes that open a menu turn it off.
    r"Attribute “autocomplete” is only allowed when the input type is .*",
    # The label of the page's table of contents; on a few pages its tick box is left out.
    r"The value of the “for” attribute of the “label” element must be .*",
)


def test_no_validator_finds_anything(built: Path, subtests: pytest.Subtests) -> None:
    with subtests.test("html-validate"):
        assert found_by_html_validate(built, SETTINGS_OF_DOCUMENTATION) == []
    with subtests.test("vnu"):
        assert found_by_vnu(built, but=OF_THE_THEME) == []
