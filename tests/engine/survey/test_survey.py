"""``checkout-conformance check`` looks at a target and changes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from checkout_conformance.clauses import read_clauses
from checkout_conformance.project import ROOT
from checkout_conformance.survey.command import findings
from checkout_conformance.survey.labels import labels_of_walks
from checkout_conformance.survey.page import Finding, render_survey
from checkout_conformance.survey.visits import Visit, Visitor
from checkout_conformance.targets.file import MARKER
from checkout_conformance.targets.target import Target
from tests.support.stub_site import StubSite, stub_site

HOME = """<title>A shop</title><main><h1>Everything for tea</h1>
<a href="/cart">Basket</a> <a href="/log-out">Buy</a> <a href="https://qiwi.com/">Pay</a>
<a href="/tea">Tea glass with holder<br>1450.00</a>
<form method="post"><button>Buy</button></form></main>"""
PAGES = {
    "/": HOME,
    "/cart": "<main><h1>Your basket</h1><button>Go to checkout</button></main>",
    "/sign-in": "<main><label>Phone number <input></label></main>",
    "/tea": "<main><h1>Tea glass with holder</h1></main>",
    MARKER: "Test instance",
}
FILE = """
name = "their shop"
lacks = ["Steam"]
[sites.shop]
url = "{url}"
[labels]
"Cart" = "Basket"
"""


def check(folder: Path, site: StubSite, *options: str) -> tuple[int, str, str]:
    """Its exit status, what it printed, the page that it wrote."""
    file, page = folder / "their.toml", folder / "survey.html"
    file.write_text(FILE.format(url=site.url))
    command = [
        sys.executable,
        "-m",
        "checkout_conformance",
        "check",
        str(file),
        "--into",
        str(page),
    ]
    done = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, text=True, timeout=100
    )
    written = page.read_text() if page.exists() else ""
    return done.returncode, done.stdout + done.stderr, written


def test_the_survey_lists_labels_and_pages_and_sends_only_get(tmp_path: Path) -> None:
    with stub_site(PAGES) as site:
        status, printed, written = check(tmp_path, site)
    assert status == 0, printed
    assert site.log[0] == f"GET {MARKER}"
    assert f"shop: {site.url}{MARKER} says that it is a test instance" in printed
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    assert f"C1.1 Basket {site.url}/" in lines
    assert f"W2.1 Tea glass with holder {site.url}/" in lines
    assert "C1.5 Save card not found: later in the procedure, or under another name" in lines
    assert "W1.3 Steam not offered, according to the target file" in lines
    assert "W1.4 Pay not looked for: the target file does not name its site" in lines
    assert site.changes == []
    assert {"GET /cart", "GET /tea", "GET /sign-in"} <= set(site.log)
    assert "GET /log-out" not in site.log
    assert written.count("<img") == 4
    assert "Your basket" in written


def test_a_page_that_does_not_answer_is_reported(tmp_path: Path) -> None:
    with stub_site({**PAGES, "/cart": ""}) as site:
        del site.pages["/cart"]
        status, printed, written = check(tmp_path, site)
    assert status == 1
    assert f"visited {site.url}/cart answers 404" in printed
    assert "answers 404" in written


def test_a_page_that_cannot_be_opened_keeps_no_other_from_being_visited(tmp_path: Path) -> None:
    with stub_site(PAGES) as site:
        site.downloads.add("/cart")
        status, printed, _ = check(tmp_path, site)
    assert status == 1
    assert f"visited {site.url}/cart" in printed
    assert "GET /tea" in site.log


def test_signing_in_wants_a_buyer(tmp_path: Path) -> None:
    with stub_site(PAGES) as site:
        assert "needs one of the file's [[buyers]]" in check(tmp_path, site, "--sign-in")[1]


@pytest.mark.parametrize("options", [[], ["--sign-in"]])
def test_a_site_without_a_marker_is_not_looked_at(tmp_path: Path, options: list[str]) -> None:
    with stub_site({**PAGES, MARKER: "TEST INSTANCE? no, this is PRODUCTION"}) as site:
        status, printed, written = check(tmp_path, site, *options)
    assert (status, site.log) == (4, [f"GET {MARKER}"])
    assert "has not shown that it is a test instance" in printed
    assert written == ""


def test_a_real_provider_is_not_looked_at(tmp_path: Path) -> None:
    with stub_site(PAGES) as site:
        site.url = "https://qiwi。com"
        status, printed, _ = check(tmp_path, site)
    assert status == 4
    assert "belongs to a real provider, which no run may touch" in printed


def test_the_labels_of_the_walks_come_clause_by_clause() -> None:
    labels = labels_of_walks()
    assert labels[0] == ("W1.1", "Pay")
    assert ("C3.5", "Done") in labels
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("words", ["<script>x</script>", "سلة"])
def test_the_page_shows_labels_as_they_are(words: str) -> None:
    finding = Finding("C1.1", "Cart", words, (), lacking=False)
    written = render_survey("their shop", "ar", [], [finding])
    assert "<script>" not in written
    assert words in written or "&lt;script&gt;" in written


@pytest.mark.parametrize(
    ("locale", "title", "absence"),
    [
        ("en", "Survey: their shop", "not found: later in the procedure"),
        ("ar", "جولة على الصفحات: their shop", "لم توجد: تظهر لاحقًا"),
        ("ru", "Осмотр: their shop", "не найдено: появится позже"),
    ],
)
def test_the_page_is_in_the_language_of_the_target(locale: str, title: str, absence: str) -> None:
    finding = Finding("C1.1", "Cart", "Basket", (), lacking=False)
    written = render_survey("their shop", locale, [], [finding])
    assert f"<h1>{title.replace('their shop', '<bdi>their shop</bdi>')}</h1>" in written
    assert absence in written
    assert f"C1.1 · {read_clauses()['C1.1'].title[locale]}" in written


def test_addresses_and_errors_keep_their_direction_on_an_arabic_page() -> None:
    address = "http://shop.localhost/cart/"
    visit = Visit("shop", address, "سلة", "answers 404", frozenset(), None)
    finding = Finding("C1.1", "Cart", "سلة", (address,), lacking=False)
    written = render_survey("their shop", "ar", [visit], [finding])
    assert written.count(f'<code dir="ltr">{address}</code>') == 2
    assert '<bdi lang="en">answers 404</bdi>' in written


def test_a_label_is_looked_for_on_the_site_of_its_clause_only() -> None:
    seen = {"shop": "http://shop.test/", "wallet": "http://wallet.test/"}
    labels = frozenset({"Pay", "Cart"})
    visits = [Visit(site, address, "", "", labels, None) for site, address in seen.items()]

    found = findings(visits, Target("", "en", urls=seen))

    places = {(one.clause, one.name): one.places for one in found}
    assert places["W1.4", "Pay"] == (seen["wallet"],)
    assert places["C1.1", "Cart"] == (seen["shop"],)


def test_a_label_is_found_by_its_whole_name_or_with_its_price(page: Page) -> None:
    """A page with "Pay for games" does not have Pay."""
    with stub_site({"/": "<a href='#'>Pay for games</a><a href='#'>Steam 150.00</a>"}) as site:
        [visit, *_] = Visitor(page, Target("", "en", urls={"vault": site.url})).visit_pages("vault")
    assert {"Pay", "Steam"} & visit.labels == {"Steam"}


def test_a_site_that_does_not_answer_is_told_once(page: Page) -> None:
    target = Target("", "en", urls={"shop": "http://127.0.0.1:9"})
    [visit] = Visitor(page, target).visit_pages("shop")
    assert visit.error
    assert visit.picture is None
