"""A page is parsed as a browser parses it whose scripts are off."""

from __future__ import annotations

from checkout_conformance.drivers.http.dom import Document


def test_only_elements_and_texts_are_in_the_page() -> None:
    page = Document("<!doctype html><p>a<!-- b --><![CDATA[ c ]]><?d?>e</p>")
    (paragraph,) = page.select("p")
    assert paragraph.children == ["a", "e"]
