"""Sessions on the sites with accounts: each ends where its owner signs out."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.support.stack_fixture import StackFixture
from tests.support.visitor import TOKEN, Visitor

# A page that nobody sees who is not signed in.
PRIVATE = {"wallet": "/history", "shop": "/orders", "vault": "/cards"}
SITES = list(PRIVATE)


def cookie_of(client: FlaskClient, site: str) -> str:
    """The session's cookie."""
    cookie = client.get_cookie(f"{site}_session")
    assert cookie is not None
    return cookie.value


def signed_in(sites: StackFixture, site: str) -> Visitor:
    """One of the demo people, signed in by a browser of their own."""
    person = sites.stack.keys.people[0]
    visitor = Visitor(sites.sites[site].app.test_client())
    visitor.sign_in(person.phone, person.password)
    return visitor


def sees_private_page(visitor: Visitor, site: str) -> bool:
    """Whether the person is signed in."""
    page = visitor.open(PRIVATE[site])
    assert page.status_code == 200
    return page.request.path == PRIVATE[site]


@pytest.mark.parametrize("site", SITES)
def test_a_cookie_from_before_sign_out_is_worth_nothing(sites: StackFixture, site: str) -> None:
    here, elsewhere = signed_in(sites, site), signed_in(sites, site)
    thief = Visitor(sites.sites[site].app.test_client())
    thief.client.set_cookie(f"{site}_session", cookie_of(here.client, site))
    assert sees_private_page(thief, site)
    kept = cookie_of(here.client, site)

    here.send("/sign-out", page=PRIVATE[site])

    assert not sees_private_page(here, site)
    assert sees_private_page(elsewhere, site)
    thief.client.set_cookie(f"{site}_session", kept)
    assert not sees_private_page(thief, site)


@pytest.mark.parametrize("site", SITES)
def test_a_form_key_from_before_sign_in_is_worth_nothing(sites: StackFixture, site: str) -> None:
    visitor = Visitor(sites.sites[site].app.test_client())
    before = TOKEN.search(visitor.open("/sign-in").text)
    person = sites.stack.keys.people[0]
    visitor.sign_in(person.phone, person.password)
    assert before is not None

    visitor.client.post("/sign-out", data={"csrf_token": before[1]})
    assert sees_private_page(visitor, site)

    visitor.send("/sign-out", page=PRIVATE[site])
    assert not sees_private_page(visitor, site)


@pytest.mark.parametrize("site", SITES)
def test_signing_in_again_ends_the_session_before(sites: StackFixture, site: str) -> None:
    visitor = signed_in(sites, site)
    thief = Visitor(sites.sites[site].app.test_client())
    thief.client.set_cookie(f"{site}_session", cookie_of(visitor.client, site))
    person = sites.stack.keys.people[1]

    visitor.sign_in(person.phone, person.password)

    assert sees_private_page(visitor, site)
    assert not sees_private_page(thief, site)


@pytest.mark.parametrize("site", SITES)
def test_the_language_outlives_signing_in_and_out(sites: StackFixture, site: str) -> None:
    visitor = Visitor(sites.sites[site].app.test_client())
    visitor.open("/sign-in?language=ru")
    person = sites.stack.keys.people[0]
    visitor.sign_in(person.phone, person.password)
    assert 'lang="ru"' in visitor.open(PRIVATE[site]).text

    visitor.send("/sign-out", page=PRIVATE[site])

    assert 'lang="ru"' in visitor.open("/sign-in").text


@pytest.mark.parametrize("site", SITES)
def test_a_session_that_a_fault_took_is_gone_on_the_server_too(
    sites: StackFixture, site: str
) -> None:
    visitor = signed_in(sites, site)
    kept = cookie_of(visitor.client, site)
    phone = sites.stack.keys.people[0].phone
    sites.control(site, "POST", "/faults", {"place": "session", "kind": "gone", "phone": phone})
    assert not sees_private_page(visitor, site)

    visitor.client.set_cookie(f"{site}_session", kept)

    assert not sees_private_page(visitor, site)


@pytest.mark.parametrize("site", SITES)
def test_a_session_cookie_is_for_the_site_alone(sites: StackFixture, site: str) -> None:
    set_cookie = sites.sites[site].app.test_client().get("/sign-in").headers["Set-Cookie"]

    assert "; HttpOnly" in set_cookie
    assert "; SameSite=Lax" in set_cookie


@pytest.mark.parametrize("site", SITES)
def test_reading_who_is_signed_in_takes_one_statement(sites: StackFixture, site: str) -> None:
    visitor = signed_in(sites, site)
    said: list[str] = []
    engine = sites.sites[site].database.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _u, sql, *_: said.append(sql))

    visitor.open(PRIVATE[site])

    assert len([sql for sql in said if "sign_ins" in sql]) == 1
    people = {"wallet": "buyers", "shop": "customers", "vault": "holders"}[site]
    assert len([sql for sql in said if f"FROM {people}" in sql or f"JOIN {people}" in sql]) == 1
