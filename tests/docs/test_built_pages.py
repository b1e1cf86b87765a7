"""The documentation is complete, loads nothing remote, and every link of it leads somewhere."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from checkout_conformance.clauses import LANGUAGES, Clause, read_clauses
from checkout_conformance.deviants.collection import deviants_named
from checkout_conformance.guards.definitions import definitions_in, step_modules, wordings_of
from checkout_conformance.guards.files import lines_of, read_features
from checkout_conformance.hazards import read_guide_words, read_hazards
from checkout_conformance.targets.file import TargetFile
from checkout_conformance.targets.glossary import Glossary
from checkout_conformance.targets.values import CAPABILITIES
from checkout_conformance.twins.collection import twins_named
from mock_sites.shared.controls.faults import Kind, Place
from mock_sites.shared.values.published_cards import published_cards
from mock_sites.shared.values.published_refusals import published_refusals
from tests.support.documentation import ROOT, BuiltPage
from tests.support.served_stack import served_stack
from tools.docs.commands import subcommands, targets
from tools.docs.step_catalogue import Catalogue, without_types

# The first test to come builds the site: ten seconds of work, minutes on a busy machine.
pytestmark = pytest.mark.timeout(600)
LOADS = ("script/@src", "link[@rel='stylesheet']/@href", "img/@src", "iframe/@src")
TITLE = re.compile(r"^\s*(?:Scenario|Scenario Outline|سيناريو|سيناريو مخطط): *(.+)$", re.MULTILINE)


@lru_cache
def page_at(file: Path) -> BuiltPage:
    return BuiltPage(file)


def words(text: str) -> str:
    return " ".join(text.split())


def in_language(built: Path, language: str) -> Path:
    return built if language == "en" else built / language


def test_every_step_and_each_of_its_sentences_is_in_the_catalogue(built: Path) -> None:
    text = page_at(built / "reference" / "steps.html").text
    definitions = definitions_in(step_modules(ROOT / "steps"))

    assert len(definitions) > 200
    said = [wording.text for one in definitions for wording in wordings_of(one)]
    assert not [sentence for sentence in said if words(without_types(sentence)) not in text]
    assert not [d for d in definitions if d.step_func.__name__ not in text]


def test_every_line_of_the_english_features_leads_to_its_step() -> None:
    catalogue = Catalogue()
    features = [one for one in read_features(ROOT / "features") if not one.name.startswith("ar/")]
    lines = {text for one in features for s in one.scenarios for _, text in lines_of(s)}

    assert not [line for line in lines if catalogue.anchor_of_line(line) is None]


def test_every_control_is_described(built: Path, tmp_path: Path) -> None:
    text = page_at(built / "reference" / "controls.html").text

    with served_stack(tmp_path) as stack:
        for site in stack.facts["sites"]:
            for path, methods in stack.control(site, "GET", "/openapi.json")["paths"].items():
                for method, operation in methods.items():
                    assert f"{method.upper()} {path}" in text
                    assert words(operation["summary"]) in text


def test_every_fault_card_and_refusal_is_described(built: Path) -> None:
    faults = page_at(built / "reference" / "faults.html").text
    cards = page_at(built / "reference" / "cards.html").text

    assert all(name in faults for name in [*Place, *Kind])
    assert all(words(f"{c.name} {c.number}") in cards for c in published_cards())
    assert all(words(f"{r.value} {r.meaning}") in cards for r in published_refusals())


def test_every_key_of_a_target_file_is_described(built: Path) -> None:
    text = page_at(built / "reference" / "target-keys.html").text
    schema = TargetFile.model_json_schema()
    models = [schema, *(m for m in schema["$defs"].values() if "properties" in m)]

    assert len(models) > 5
    assert not [key for model in models for key in model["properties"] if key not in text]
    assert not [name for name in CAPABILITIES if name not in text]


def test_every_hazard_is_described(built: Path) -> None:
    text = page_at(built / "reference" / "hazards.html").text
    hazards = [hazard for cells in read_hazards().values() for hazard in cells]

    assert hazards
    assert not [word.asks for word in read_guide_words() if word.asks not in text]
    assert not [h for h in hazards for title in h.scenarios if words(title) not in text]
    assert not [h for h in hazards if h.reason and words(h.reason) not in text]


def test_every_twin_is_described(built: Path) -> None:
    twins = page_at(built / "reference" / "twins.html").text

    assert not [one.name for one in twins_named() if one.name not in twins]
    assert not [one.name for one in twins_named() if words(one.sentence) not in twins]


def test_every_deviant_command_and_target_of_make_is_described(built: Path) -> None:
    deviants = page_at(built / "reference" / "deviants.html").text
    commands = page_at(built / "reference" / "commands.html").text

    assert not [one.name for one in deviants_named() if one.name not in deviants]
    assert not [one.name for one in deviants_named() if words(one.sentence) not in deviants]
    assert not [name for name, _ in targets() if f"make {name}" not in commands]
    assert not [w for w in subcommands() if f"checkout-conformance {' '.join(w)}" not in commands]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_stands_on_the_page_of_its_procedure(built: Path, language: str) -> None:
    for clause in read_clauses().values():
        page = _page_of(clause, built, language)
        assert f"{clause.id} · {clause.title[language]}" in page.text
        assert words(clause.text[language]) in page.text
        assert clause.id.lower().replace(".", "-") in page.ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_links_the_scenarios_that_show_it_and_they_link_it(
    built: Path, language: str
) -> None:
    for clause in read_clauses().values():
        page = _page_of(clause, built, language)
        anchor = clause.id.lower().replace(".", "-")
        (heading,) = page.tree.xpath(f"//*[@id='{anchor}']")
        shown = heading.xpath("following-sibling::ul[1]//a/@href")
        assert shown, clause.id
        assert all(link.startswith("#s") for link in shown)
        assert page.tree.xpath(f"//article//a[@href='#{anchor}']")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scenario_stands_on_a_page(built: Path, language: str) -> None:
    folder = ROOT / "features" / ("ar" if language == "ar" else "")
    files = [f for f in folder.rglob("*.feature") if language == "ar" or "ar" not in f.parts]
    titles = [title for file in files for title in TITLE.findall(file.read_text(encoding="utf-8"))]
    pages = sorted((in_language(built, language) / "procedures").glob("*.html"))
    headings = {
        words(heading.text_content()).removesuffix("¶").strip()
        for file in pages
        for heading in page_at(file).tree.xpath("//h3 | //h4")
    }

    assert len(titles) > 100
    assert not [title for title in titles if words(title) not in headings]


def test_labels_are_in_the_language_of_the_reader(built: Path) -> None:
    russian = Glossary("ru").label("Confirm")

    assert f"the buyer presses «{russian}»" in page_at(built / "ru/procedures/w1.html").text
    assert 'the buyer presses "Confirm"' in page_at(built / "procedures/w1.html").text
    assert f"«{Glossary('ar').label('Confirm')}»" in page_at(built / "ar/procedures/w1.html").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_know_their_language_and_its_direction(built: Path, language: str) -> None:
    for name in ("index.html", "procedures/w1.html", "procedures/read-a-report.html"):
        tree = page_at(in_language(built, language) / name).tree
        assert tree.get("lang") == language
        assert tree.xpath("//body/@dir") == ["rtl" if language == "ar" else "ltr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_finds_clauses_and_scenarios_in_every_language(
    built: Path, language: str
) -> None:
    text = (built / "search" / "search_index.js").read_text(encoding="utf-8")
    index = json.loads(text.partition("=")[2])
    found = {entry["location"] for entry in index["docs"]}
    prefix = "" if language == "en" else f"{language}/"

    assert index["config"]["lang"] == list(LANGUAGES)
    for clause in read_clauses().values():
        page = f"{prefix}procedures/{clause.procedure.id.lower()}.html"
        assert f"{page}#{clause.id.lower().replace('.', '-')}" in found
        assert f"{page}#s1" in found


def test_no_page_loads_anything_remote(built: Path) -> None:
    for file in built.rglob("*.html"):
        remote = [url for url in page_at(file).addresses(*LOADS) if "//" in url]
        assert not remote, file
    for file in built.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(?:https?:)?//", file.read_text(encoding="utf-8")), file


def test_every_link_and_picture_leads_somewhere(built: Path) -> None:
    broken = [
        f"{file.relative_to(built)}: {address}"
        for file in built.rglob("*.html")
        if file.name != "404.html"
        for address in page_at(file).addresses("a/@href", *LOADS)
        if not _leads_somewhere(file, address)
    ]

    assert not broken


def _leads_somewhere(file: Path, address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme in ("http", "https", "mailto", "javascript"):
        return True
    target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    if not target.is_file():
        return False
    needs_anchor = parts.fragment and not parts.fragment.startswith("__")
    return not needs_anchor or unquote(parts.fragment) in page_at(target).ids


def _page_of(clause: Clause, built: Path, language: str) -> BuiltPage:
    name = f"{clause.procedure.id.lower()}.html"
    return page_at(in_language(built, language) / "procedures" / name)
