"""The language switch of the vault's pages (C2.2)."""

from __future__ import annotations

import re

import pytest
from lxml import html

from tests.support.vault_fixture import (
    ERROR,
    MIR,
    VaultVisitor,
)


@pytest.mark.parametrize(("language", "direction"), [("ru", "ltr"), ("ar", "rtl"), ("en", "ltr")])
def test_the_language_of_the_pages_is_remembered(
    holder: VaultVisitor, language: str, direction: str
) -> None:
    holder.open("/?language=ar")
    answer = holder.open(f"/cards?language={language}")
    assert answer.request.full_path == "/cards?"
    for page in (answer.text, holder.open("/").text):
        assert f'<html lang="{language}" dir="{direction}">' in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ["Банковские карты", "Добавить карту", "Одна копейка", "Основная карта"]),
        ("ar", ["البطاقات المصرفية", "إضافة بطاقة", "كوبيك واحد", "البطاقة الرئيسية"]),
    ],
)
def test_the_pages_speak_the_language_that_was_chosen(
    holder: VaultVisitor, language: str, words: list[str]
) -> None:
    holder.open(f"/?language={language}")
    page = holder.add_card().text
    assert [word for word in words if word not in page] == []
    refused = ERROR.findall(holder.add_card(MIR, security_code="1").text)
    assert refused
    assert not refused[0][1].isascii()


def test_a_language_keeps_the_rest_of_the_address(holder: VaultVisitor) -> None:
    page = holder.open("/sign-in?next=/cards/new").text
    switch = re.search(r'href="([^"]+)" lang="ru"', page)
    assert switch
    assert switch[1] == "/sign-in?next=%2Fcards%2Fnew&amp;language=ru"


@pytest.mark.parametrize("path", ["/cards?language=xx", "//elsewhere.example/?language=ru"])
def test_a_language_that_is_none_changes_nothing_and_none_leads_away(
    holder: VaultVisitor, path: str
) -> None:
    answer = holder.client.get(path, base_url="http://vault.localhost")
    assert "//elsewhere" not in answer.headers.get("Location", "")
    assert '<html lang="en"' in holder.open("/cards").text


@pytest.mark.parametrize(
    ("language", "offered"),
    [
        ("en", ["–", "Russia", "Afghanistan", "Åland Islands"]),
        ("ru", ["–", "Россия", "Австралия", "Австрия"]),
        ("ar", ["–", "روسيا"]),
    ],
)
def test_the_own_country_is_offered_first_and_the_others_by_name(
    holder: VaultVisitor, language: str, offered: list[str]
) -> None:
    holder.open(f"/?language={language}")
    page = html.document_fromstring(holder.open("/cards/new").text)

    names = [option.text for option in page.get_element_by_id("country").iter("option")]

    assert names[: len(offered)] == offered
    assert len(names) == len(set(names))
    assert not [name for name in names if len(name) == len("CQ") and name.isascii()]
