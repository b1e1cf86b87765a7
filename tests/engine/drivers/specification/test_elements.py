"""Every driver tells the same roles, names, states and texts of the specification's elements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.drivers.specification.conftest import Tab
from tests.engine.drivers.specification.pages import PAGES, described_in

Show = Callable[[str], Tab]
Expect = Callable[..., Any]

each_page = pytest.mark.parametrize("name", PAGES)


def ids(found: Any) -> list[str]:
    return [one.get_attribute("id") for one in found.all()]


@each_page
def test_a_role_finds_exactly_the_exposed_elements_that_have_it(show: Show, name: str) -> None:
    page, elements = show(name), described_in(name)
    known = {one.id for one in elements}
    for role in sorted({one.role for one in elements if one.role}):
        found = [one for one in ids(page.get_by_role(role)) if one in known]
        assert found == [one.id for one in elements if one.role == role and one.is_exposed], role


@each_page
def test_names_and_descriptions_are_those_of_the_browser(
    show: Show, expect: Expect, name: str
) -> None:
    page = show(name)
    for one in described_in(name):
        found = page.locator(one.css)
        expect(found).to_have_accessible_name(one.name)
        expect(found).to_have_accessible_description(one.description)
        if one.role and one.name and one.is_exposed:
            named = page.get_by_role(one.role, name=one.name, exact=True)
            assert one.id in ids(named), one


@each_page
def test_elements_are_seen_and_used_as_in_the_browser(
    show: Show, expect: Expect, name: str
) -> None:
    page = show(name)
    for one in described_in(name):
        expected = expect(page.locator(one.css))
        expected.to_be_visible() if one.is_visible else expected.to_be_hidden()
        expected.to_be_disabled() if one.is_disabled else expected.to_be_enabled()
        if one.is_editable:
            expected.to_be_editable()


@each_page
def test_texts_are_those_of_the_browser(show: Show, expect: Expect, name: str) -> None:
    page = show(name)
    for one in described_in(name):
        found = page.locator(one.css)
        if one.text is not None:
            expect(found).to_have_text(one.text)
        if one.shown is not None:
            assert found.inner_text() == one.shown, one.id
