"""Which team a request belongs to, and the token of a team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from mock_sites.__main__ import main
from mock_sites.shared.runtime.teams import TeamsOfSite, team_token

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STACK_TOKEN = "stack"


def answering(name: str) -> WSGIApplication:
    """An application that says which one it is, and what path it was asked for."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        answer = Response(f"{name} {request.root_path}|{request.path}")
        return answer(environ, start_response)

    return app


@pytest.fixture
def site() -> Client:
    teams = {name: answering(name) for name in ("qa", "dev-2")}
    return Client(TeamsOfSite("wallet", answering("own"), teams))


def ask(site: Client, host: str, path: str = "/pay", token: str = "") -> str:
    headers: Mapping[str, str] = {"Authorization": f"Bearer {token}"} if token else {}
    answer = site.get(path, base_url=f"http://{host}", headers=headers)
    return answer.text if answer.status_code == 200 else str(answer.status_code)


@pytest.mark.parametrize(
    ("host", "path", "said"),
    [
        ("wallet.localhost:8100", "/pay", "own |/pay"),
        ("qa.wallet.localhost:8100", "/pay", "qa |/pay"),
        ("QA.wallet.localhost", "/pay", "qa |/pay"),
        ("dev-2.wallet.localhost:8100", "/pay", "dev-2 |/pay"),
        ("west.wallet.localhost:8100", "/pay", "404"),
        # Not the name of a team's wallet.
        ("qa.shop.localhost:8100", "/pay", "own |/pay"),
        ("qa.wallet.example.test", "/pay", "own |/pay"),
        # From one site of the stack to another.
        ("127.0.0.1:8100", "/~qa/api/messages", "qa /~qa|/api/messages"),
        ("127.0.0.1:8100", "/~qa", "qa /~qa|/"),
        ("127.0.0.1:8100", "/~west/pay", "404"),
        ("127.0.0.1:8100", "/pay", "own |/pay"),
        # A browser at the stack's own address is led to no team's pages.
        ("wallet.localhost:8100", "/~qa/pay", "own |/~qa/pay"),
    ],
)
def test_host_or_internal_path_names_the_team(
    site: Client, host: str, path: str, said: str
) -> None:
    assert ask(site, host, path) == said


def test_at_the_stacks_own_address_a_control_token_names_the_team(site: Client) -> None:
    token, controls = team_token(STACK_TOKEN, "dev-2"), "/_control/clock"

    assert ask(site, "wallet.localhost", controls, token) == "dev-2 |/_control/clock"
    assert ask(site, "wallet.localhost", controls, STACK_TOKEN) == "own |/_control/clock"
    assert ask(site, "wallet.localhost", controls) == "own |/_control/clock"
    assert ask(site, "wallet.localhost", controls, team_token(STACK_TOKEN, "west")) == "404"
    # Nothing but a control is chosen by it.
    assert ask(site, "wallet.localhost", "/pay", token) == "own |/pay"


def test_a_token_follows_from_team_and_stack_alone() -> None:
    token = team_token(STACK_TOKEN, "qa")

    assert token == team_token(STACK_TOKEN, "qa")
    assert token.startswith("qa.")
    others = {token, team_token("other", "qa"), team_token(STACK_TOKEN, "qb")}
    assert len({each.partition(".")[2] for each in others}) == 3


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--team", "qa"], "give --controls too"),
        (["--controls", "--team", "Q A"], "is no name of a team"),
        (["--controls", "--team", "-x"], "expected one argument"),
        (["--controls", "--team", "qa", "--team", "qa"], "each team has a name of its own"),
        (
            ["--controls", "--team", "qa", "--elsewhere", "shop=http://x.test"],
            "teams need sites of their own",
        ),
    ],
)
def test_teams_that_cannot_be_are_refused(
    options: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--port-base", "0", *options])

    assert why in capsys.readouterr().err
