"""The control that takes several calls at once: each is answered as if it came alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.stack_fixture import StackFixture

PHONE = "+79161112233"
ACCOUNT = {"phone": PHONE, "password": "pw-1", "name": "Anna"}
SESSION = {"phone": PHONE}


def call(path: str, body: Any = None, method: str = "POST") -> dict[str, Any]:
    return {"method": method, "path": f"/_control{path}", "body": body}


def send(sites: StackFixture, *calls: dict[str, Any], token: str | None = None) -> Any:
    """What the shop's control answers: its status and its JSON."""
    headers = {"Authorization": f"Bearer {token or sites.stack.keys.control_token}"}
    client = sites.sites["shop"].app.test_client()
    answer = client.post("/_control/batch", json={"calls": calls}, headers=headers)
    return answer.status_code, answer.json


def test_the_calls_are_made_in_their_order(sites: StackFixture) -> None:
    wanted = [{"product": "teapot", "quantity": 2}]
    status, answers = send(
        sites,
        call("/customers", ACCOUNT),
        call("/sessions", SESSION),
        call("/carts", {"phone": PHONE, "products": wanted}),
        call(f"/carts?phone=%2B{PHONE[1:]}", method="DELETE"),
    )
    assert status == 200
    assert [one["status"] for one in answers] == [201, 201, 201, 200]
    assert [one["body"] for one in answers[2:]] == [wanted, []]


def test_the_cookie_of_a_session_comes_with_its_call(sites: StackFixture) -> None:
    _, [account, session] = send(sites, call("/customers", ACCOUNT), call("/sessions", SESSION))
    assert account["cookies"] == []
    [line] = session["cookies"]
    visitor = sites.visitor("shop")
    name, _, rest = line.partition("=")
    visitor.client.set_cookie(name, rest.partition(";")[0])
    assert visitor.open("/orders").request.path == "/orders"


def test_two_people_of_a_batch_have_a_session_each(sites: StackFixture) -> None:
    other = {**ACCOUNT, "phone": "+79161112234"}
    _, answers = send(
        sites,
        call("/customers", ACCOUNT),
        call("/customers", other),
        call("/sessions", SESSION),
        call("/sessions", {"phone": other["phone"]}),
    )
    assert [one["body"]["phone"] for one in answers[2:]] == [PHONE, other["phone"]]
    assert answers[2]["cookies"] != answers[3]["cookies"]
    assert sites.ask("shop", "SELECT count(DISTINCT person_id) FROM sign_ins") == [(2,)]


def test_the_first_call_that_fails_is_the_last_that_is_made(sites: StackFixture) -> None:
    before = sites.ask("shop", "SELECT count(*) FROM customers")[0][0]
    status, answers = send(
        sites,
        call("/customers", ACCOUNT),
        call("/customers", ACCOUNT),
        call("/customers", {**ACCOUNT, "phone": "+79161112234"}),
    )
    assert status == 200
    assert [(one["status"], one["body"].get("error")) for one in answers] == [
        (201, None),
        (409, "phone.taken"),
    ]
    assert sites.ask("shop", "SELECT count(*) FROM customers") == [(before + 1,)]


@pytest.mark.parametrize(
    "wrong",
    [
        call("/batch", {"calls": [call("/customers", ACCOUNT)]}),
        call("/batch?x", {}),
        {"method": "POST", "path": "/sign-in", "body": None},
        {"method": "POST", "path": "/_control/../sign-in", "body": None},
        {"method": "GET", "path": "/_control/orders", "body": None},
        {**call("/customers", ACCOUNT), "headers": {}},
        call("/customers", [ACCOUNT]),
    ],
)
def test_what_is_no_call_of_a_control_is_refused_before_any_is_made(
    sites: StackFixture, wrong: dict[str, Any]
) -> None:
    before = sites.ask("shop", "SELECT count(*) FROM customers")
    status, told = send(sites, call("/customers", ACCOUNT), wrong)
    assert (status, told["error"]) == (422, "the body does not fit")
    assert "pw-1" not in str(told)
    assert sites.ask("shop", "SELECT count(*) FROM customers") == before


@pytest.mark.parametrize("number", [0, 101])
def test_a_batch_has_from_one_to_a_hundred_calls(sites: StackFixture, number: int) -> None:
    assert send(sites, *[call("/sessions", SESSION)] * number)[0] == 422


def test_without_the_token_nothing_is_done(sites: StackFixture) -> None:
    before = sites.ask("shop", "SELECT count(*) FROM customers")
    assert send(sites, call("/customers", ACCOUNT), token="tok-2")[0] == 401
    assert sites.ask("shop", "SELECT count(*) FROM customers") == before


def test_a_card_number_is_taken_only_by_a_control_that_is_meant_for_it(
    sites: StackFixture,
) -> None:
    number = "4111 1111 1111 1111"
    status, [refused] = send(sites, call("/customers", {**ACCOUNT, "name": number}))
    assert (status, refused["status"]) == (200, 422)
    assert number not in str(refused)
    assert sites.ask("shop", f"SELECT count(*) FROM customers WHERE phone = '{PHONE}'") == [(0,)]
