"""Every page of every site: no attribute holds a value that no template meant, and a form begins
at the field that its reader has to see to first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from lxml import html
from werkzeug.exceptions import HTTPException

from mock_sites import SITES
from tests.support.shop_fixture import ADDRESS, IPHONE
from tests.support.stack_fixture import StackFixture, stack_fixture
from tests.support.vault_fixture import BILLING, VISA
from tests.support.visitor import Visitor

# What Python writes for a value that is not meant for a page.
NONSENSE = {"[]", "{}", "()", "None", "True", "False", "Undefined", "nan"}
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64)"
# Presses that end what the walk stands on.
LEFT_ALONE = ("/sign-out", "/remove", "/leave", "/version/", "/cards/delete", "language=")
# How the title of a page begins on which something is wrong.
ERROR = ("Error: ", "Ошибка: ", "خطأ: ")
TEXT_FIELDS = ".//input[not(@type) or @type='text' or @type='tel' or @type='password'] | .//select"


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[StackFixture]:
    with stack_fixture(tmp_path) as whole:
        yield whole


class Walk:
    """Opens a page of each kind that a site's pages lead to, and sends its forms, empty and not."""

    def __init__(self, visitor: Visitor, site: str) -> None:
        self.visitor = visitor
        self.site = site
        self.seen: set[tuple[str, ...]] = set()
        self.problems: set[str] = set()
        self._to_open: list[str] = []

    def all_from(self, *paths: str) -> None:
        """Go on until no kind of page is new; these are looked at in any case."""
        for path in paths:
            self._look_at(path, self.visitor.open(path).text, go_on=True)
        while self._to_open:
            path = self._to_open.pop()
            if (kind := self._kind_of(path)) not in self.seen:
                self.seen.add(kind)
                self._look_at(path, self.visitor.open(path).text, go_on=True)

    def _kind_of(self, path: str) -> tuple[str, ...]:
        """The endpoint and the names in the query."""
        parts = urlsplit(path)
        adapter = self.visitor.client.application.url_map.bind("localhost")
        try:
            endpoint = str(adapter.match(parts.path, "GET")[0])
        except HTTPException:
            endpoint = parts.path
        return endpoint, *sorted(parse_qs(parts.query))

    def _look_at(self, path: str, text: str, go_on: bool) -> None:
        if not text.lstrip().startswith("<!doctype"):
            return
        page = html.document_fromstring(text)
        self.problems |= {f"{self.site} {path}: {said}" for said in nonsense(page) + focus(page)}
        if not go_on:
            return
        self._to_open += [at for at in page.xpath("//a/@href") if self._is_own(at)]
        for form in page.forms:
            at = urljoin(path, form.action or path)
            if self._is_own(at):
                self._send(path, form, at)

    def _send(self, path: str, form: html.FormElement, at: str) -> None:
        if form.method == "GET":
            self._to_open.append(at)
            return
        whole = {name: value for name, value in form.form_values() if value is not None}
        for filled_in in ({"csrf_token": whole.get("csrf_token", "")}, whole):
            answer = self.visitor.client.post(at, data=filled_in, follow_redirects=True)
            self._look_at(f"{path} after {at}", answer.text, go_on=False)

    def _is_own(self, address: str) -> bool:
        if urlsplit(address).netloc or address.startswith("#"):
            return False
        return not any(one in address for one in LEFT_ALONE)


def nonsense(page: html.HtmlElement) -> list[str]:
    """The attributes of a page that hold what Python wrote by mistake."""
    return [
        f'{element.tag} {name}="{value}"'
        for element in page.iter(html.etree.Element)
        for name, value in element.attrib.items()
        if value in NONSENSE or value.startswith("<")
    ]


def focus(page: html.HtmlElement) -> list[str]:
    """What is wrong with the field that a page begins at; nothing where it is the right one."""
    begun = page.xpath("//*[@autofocus]")
    if len(begun) > 1:
        return [f"{len(begun)} places have the focus"]
    wrong = page.xpath("//main//*[@aria-invalid='true']")
    if wrong or page.xpath("//main//*[@role='alert']"):
        return error_summary(page, begun, wrong)
    if not begun:
        return []
    if place(begun[0]) != next(map(place, empty_fields(begun[0])), None):
        return [f"the focus is on {begun[0].get('name')}, which is not the first empty field"]
    return []


def error_summary(
    page: html.HtmlElement, begun: list[html.HtmlElement], wrong: list[html.HtmlElement]
) -> list[str]:
    """What is wrong with how a page says what was wrong: it begins there, and leads to each field.

    The search of the catalogue is one field, and begins at that.
    """
    problems = []
    if not begun or (begun[0].get("role") != "alert" and begun[0].get("type") != "search"):
        problems.append("something is wrong, and the page does not begin at what says it")
    title = page.findtext(".//title") or ""
    if not title.startswith(ERROR):
        problems.append(f"something is wrong, and the title is {title}")
    leads = begun[0].xpath(".//a/@href") if begun else []
    problems += [
        f"{lead} leads nowhere" for lead in leads if not page.xpath(f"//*[@id='{lead[1:]}']")
    ]
    named = [f"#{field.get('id')}" for field in wrong if field.get("type") != "search"]
    if [lead for lead in leads if lead in named] != named:
        problems.append(f"{named} are wrong, and the lines lead to {leads}")
    return problems


def place(element: html.HtmlElement) -> str:
    """Where an element stands in its page."""
    return str(element.getroottree().getpath(element))


def empty_fields(begun: html.HtmlElement) -> list[html.HtmlElement]:
    """The empty fields of the form that a field stands in, in reading order."""
    form = next(begun.iterancestors("form"))
    return [field for field in form.xpath(TEXT_FIELDS) if not (field.value or "").strip()]


def visitor_of(whole: StackFixture, site: str, agent: str, language: str) -> Visitor:
    visitor = whole.visitor(site)
    visitor.client.environ_base["HTTP_USER_AGENT"] = agent
    visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    return visitor


def sign_in(whole: StackFixture, visitor: Visitor) -> None:
    person = whole.stack.keys.people[0]
    visitor.sign_in(person.phone, person.password)


@pytest.mark.parametrize("site", SITES)
def test_no_page_for_strangers_has_a_nonsense_attribute_or_a_wrong_focus(
    whole: StackFixture, site: str
) -> None:
    walk = Walk(visitor_of(whole, site, DESKTOP, "en"), site)

    walk.all_from("/", "/sign-in", "/nothing-here")

    assert not walk.problems


@pytest.mark.parametrize(("agent", "language"), [(DESKTOP, "en"), (DESKTOP, "ar"), (IPHONE, "ru")])
def test_no_page_of_the_shop_has_a_nonsense_attribute_or_a_wrong_focus(
    whole: StackFixture, agent: str, language: str
) -> None:
    visitor = visitor_of(whole, "shop", agent, language)
    sign_in(whole, visitor)
    walk = Walk(visitor, "shop")
    for linked in (False, True):
        if linked:
            link_card(whole)
        visitor.send("/products/teapot", quantity="1")
        checkout = visitor.send("/cart", ticked="teapot").request.path
        walk.all_from("/", "/cart", "/orders", "/profile", checkout)
        walk.all_from(f"{checkout}?card=new", f"{checkout}?address=new", f"{checkout}/card")
        walk.seen.clear()
        finished = visitor.send(checkout, **ADDRESS, address="new", payment="cash")
        walk.all_from(finished.request.path)

    assert not walk.problems


def test_no_page_of_the_vault_has_a_nonsense_attribute_or_a_wrong_focus(
    whole: StackFixture,
) -> None:
    link_card(whole)
    visitor = visitor_of(whole, "vault", DESKTOP, "en")
    sign_in(whole, visitor)
    walk = Walk(visitor, "vault")

    walk.all_from("/", "/cards", "/cards/new", "/cards/delete")

    assert ("cards.edit",) in walk.seen
    assert not walk.problems


def test_no_page_of_the_wallet_has_a_nonsense_attribute_or_a_wrong_focus(
    whole: StackFixture,
) -> None:
    visitor = visitor_of(whole, "wallet", DESKTOP, "en")
    sign_in(whole, visitor)
    walk = Walk(visitor, "wallet")

    walk.all_from("/", "/pay", "/invoices", "/history")
    check = visitor.send("/pay/to/steam", account="night_owl_42", amount="150.00").request.path
    walk.all_from(check)
    walk.all_from(visitor.send(check).request.path)

    assert not walk.problems


def link_card(whole: StackFixture) -> None:
    """Link a card in the vault, for the person who signs in everywhere."""
    visitor = visitor_of(whole, "vault", DESKTOP, "en")
    sign_in(whole, visitor)
    card = {"card_number": VISA, "card_holder": "Anna", "expiry": "12/40", "security_code": "123"}
    visitor.send("/cards/new", **card, **BILLING)


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ('<input name="a" autofocus="[]">', 'input autofocus="[]"'),
        ('<a href="None">x</a>', 'a href="None"'),
        ('<p title="<Field a>">x</p>', 'p title="<Field a>"'),
    ],
)
def test_a_nonsense_attribute_would_be_found(markup: str, said: str) -> None:
    assert said in nonsense(html.document_fromstring(f"<main>{markup}</main>"))


@pytest.mark.parametrize(
    "fields",
    [
        '<input name="a"><input name="b" autofocus>',
        '<input name="a" autofocus><input name="b" aria-invalid="true">',
        '<input name="b" aria-invalid="true">',
        '<input name="a" autofocus><input name="b" autofocus>',
    ],
)
def test_a_wrong_focus_would_be_found(fields: str) -> None:
    assert focus(html.document_fromstring(f"<main><form>{fields}</form></main>"))


SUMMARY = '<div role="alert" autofocus><a href="#a">A</a></div><input id="a" aria-invalid="true">'


@pytest.mark.parametrize(
    ("title", "form", "said"),
    [
        ("Sign in", SUMMARY, "the title is Sign in"),
        ("Error: Sign in", SUMMARY.replace("#a", "#b"), "#b leads nowhere"),
        ("Error: Sign in", SUMMARY.replace(" autofocus", ""), "does not begin"),
        ("Error: Sign in", f'{SUMMARY}<input id="c" aria-invalid="true">', "'#c'"),
    ],
)
def test_a_wrong_error_summary_would_be_found(title: str, form: str, said: str) -> None:
    def page(title: str, form: str) -> html.HtmlElement:
        markup = f"<html><head><title>{title}</title></head><body><main>{form}</main></body></html>"
        return html.document_fromstring(markup)

    assert said in " ".join(focus(page(title, form)))
    assert focus(page("Error: Sign in", SUMMARY)) == []
