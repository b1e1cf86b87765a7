"""The control that signs a person in, on every site with accounts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.mock_sites.shop.test_card_secrets import session_of
from tests.support.stack_fixture import StackFixture
from tests.support.visitor import Visitor

# A page that nobody sees who is not signed in.
PRIVATE = {"wallet": "/history", "shop": "/orders", "vault": "/cards"}
LOCKOUT_SECONDS = 15 * 60


@pytest.fixture(params=PRIVATE)
def site(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def sign_in(sites: StackFixture, site: str, phone: str, **more: Any) -> TestResponse:
    """What the control answers."""
    headers = {"Authorization": f"Bearer {sites.stack.keys.control_token}"}
    client = sites.sites[site].app.test_client()
    return client.post("/_control/sessions", json={"phone": phone, **more}, headers=headers)


def set_cookie(answer: TestResponse) -> tuple[str, str]:
    """The session's value, and its cookie's line with the value left out."""
    [line] = answer.headers.getlist("Set-Cookie")
    found = re.fullmatch(r"(\w+=)([^;]+)(.*)", line)
    assert found
    return found[2], found[1] + found[3]


def told(answer: TestResponse) -> tuple[int, Any]:
    return answer.status_code, answer.json


def test_the_cookie_is_the_one_of_the_sign_in_form(sites: StackFixture, site: str) -> None:
    person = sites.stack.keys.people[0]
    form = sites.visitor(site).sign_in(person.phone, person.password).history[0]

    answer = sign_in(sites, site, person.phone)

    (by_form, form_line), (by_control, control_line) = set_cookie(form), set_cookie(answer)
    assert control_line == form_line == f"{site}_session=; HttpOnly; Path=/; SameSite=Lax"
    assert names_in(by_control) == names_in(by_form)


def names_in(cookie: str) -> list[str]:
    return sorted(re.findall(r'"(\w+)":', session_of(cookie)))


def test_the_person_is_signed_in(sites: StackFixture, site: str) -> None:
    phone = sites.stack.keys.people[1].phone

    answer = sign_in(sites, site, phone)

    assert told(answer) == (201, {"id": 2, "phone": phone})
    assert sees_private_page(sites, site, set_cookie(answer)[0])


def sees_private_page(sites: StackFixture, site: str, cookie: str) -> bool:
    return opened(sites, site, cookie).open(PRIVATE[site]).request.path == PRIVATE[site]


def opened(sites: StackFixture, site: str, cookie: str) -> Visitor:
    visitor = sites.visitor(site)
    visitor.client.set_cookie(f"{site}_session", cookie)
    return visitor


def test_signing_out_ends_one_session_only(sites: StackFixture, site: str) -> None:
    phone = sites.stack.keys.people[0].phone
    here, elsewhere = (set_cookie(sign_in(sites, site, phone))[0] for _ in range(2))

    opened(sites, site, here).send("/sign-out", page=PRIVATE[site])

    assert not sees_private_page(sites, site, here)
    assert sees_private_page(sites, site, elsewhere)


def test_nobody_is_signed_in_without_an_account(sites: StackFixture, site: str) -> None:
    answer = sign_in(sites, site, "+79169999999")

    assert told(answer) == (404, {"error": "there is nothing of that name"})
    assert answer.headers.getlist("Set-Cookie") == []


def test_a_password_is_not_taken(sites: StackFixture, site: str) -> None:
    answer = sign_in(sites, site, sites.stack.keys.people[0].phone, password="pw-1")

    assert answer.status_code == 422
    assert "pw-1" not in answer.text


def test_a_locked_phone_is_locked_here_too(sites: StackFixture, site: str) -> None:
    person = sites.stack.keys.people[0]
    try_wrong_passwords(sites, site, 5)

    answer = sign_in(sites, site, person.phone)

    assert told(answer) == (409, {"error": "sign-in.locked"})
    assert answer.headers.getlist("Set-Cookie") == []
    sites.advance(LOCKOUT_SECONDS)
    assert sign_in(sites, site, person.phone).status_code == 201


def test_signing_in_forgets_wrong_passwords(sites: StackFixture, site: str) -> None:
    try_wrong_passwords(sites, site, 4)
    sign_in(sites, site, sites.stack.keys.people[0].phone)

    try_wrong_passwords(sites, site, 4)

    assert sign_in(sites, site, sites.stack.keys.people[0].phone).status_code == 201


def try_wrong_passwords(sites: StackFixture, site: str, times: int) -> None:
    for _ in range(times):
        sites.visitor(site).sign_in(sites.stack.keys.people[0].phone, "wrong")
