"""Teams that share one stack: nothing of one is there for another."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checkout_conformance.project import ROOT
from tests.support.served_stack import ServedStack, start_stack
from tests.support.teams_of_stack import Team

PHONE = "+79161234567"
PAYMENT = {"phone": PHONE, "payee": "steam", "account": "night_owl_42", "amount": "150"}
TOKEN = "TEAM_CONTROL_TOKEN"
W1 = "a_game_account_is_topped_up_from_start_to_finish"
PASSED = re.compile(r"(\d+) passed")
SKIPPED = re.compile(r"SKIPPED \[(\d+)\] \S+ (?:\w+\.)*(.*)")
C2 = "a_card_is_linked_in_the_vault_starting_from_the_shop"
# What goes wrong for each: a message is lost; the vault's notification does not come as it should.
FAULTS_OF = {
    "north": "a_new_message_replaces_a_lost_one",
    "south": "a_new_card_appears_in_the_shop_despite_a_faulty_notification",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stack(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedStack]:
    more = [word for team in FAULTS_OF for word in ("--team", team)]
    if request.param == "postgresql":
        new_databases: Callable[[], str] = request.getfixturevalue("new_databases")
        more += ["--database", new_databases(), "--workers", "2"]
    stack = start_stack(tmp_path_factory.mktemp("teams") / "data", more=more)
    yield stack
    stack.stop()


@pytest.fixture
def teams(stack: ServedStack) -> tuple[Team, Team]:
    """Two teams that begin anew, both with a buyer of the same phone."""
    north, south = (Team(name, stack.facts["teams"][name]) for name in FAULTS_OF)
    for team in (north, south):
        team.reset()
        team.add_buyer(PHONE)
    return north, south


def test_a_fault_and_a_code_are_for_one_team(teams: tuple[Team, Team]) -> None:
    north, south = teams
    lost = {"place": "message", "kind": "lost", "phone": PHONE}
    fault = north.answer("phone", "POST", "/faults", lost)

    for team in teams:
        team.answer("wallet", "POST", "/payments", {**PAYMENT, "state": "code sent"})

    assert (len(north.codes(PHONE)), len(south.codes(PHONE))) == (0, 1)
    assert south.answer("phone", "GET", "/faults") == []
    assert south.control("phone", "DELETE", f"/faults/{fault['id']}").status_code == 404
    [kept] = north.answer("phone", "GET", "/faults")
    assert kept["struck"] == 1


def test_a_merchant_and_its_bill_are_of_one_team(teams: tuple[Team, Team]) -> None:
    north, south = teams
    path = "/partner/bill/v1/bills/of-north"
    bill = {
        "amount": {"currency": "RUB", "value": "10.00"},
        "expirationDateTime": "2090-01-01T00:00:00+03:00",
        "customer": {"phone": PHONE},
    }
    keys = {team.name: team.facts["merchants"][0]["secret_key"] for team in teams}

    def call(team: Team, key: str, method: str, body: object = None) -> int:
        headers = {"Authorization": f"Bearer {key}"}
        return team.ask("wallet", method, path, json=body, headers=headers).status_code

    assert call(north, keys["north"], "PUT", bill) == 200
    assert call(south, keys["north"], "GET") == 401
    assert call(south, keys["south"], "GET") == 404
    assert call(north, keys["north"], "GET") == 200


def test_the_clock_of_one_team_moves_alone(teams: tuple[Team, Team]) -> None:
    north, south = teams
    day = {"advance_seconds": 86_400}
    before = south.answer("shop", "GET", "/clock")["now"]

    moved = north.answer("wallet", "POST", "/clock", day)["now"]

    assert south.answer("shop", "GET", "/clock")["now"][:13] == before[:13]
    assert moved[:10] > before[:10]
    assert north.answer("acs", "GET", "/clock")["now"] > moved


def test_a_reset_touches_its_own_team(stack: ServedStack, teams: tuple[Team, Team]) -> None:
    north, south = teams
    for team in teams:
        team.answer(
            "phone", "POST", "/faults", {"place": "message", "kind": "lost", "phone": PHONE}
        )
        team.answer("shop", "POST", "/orders", {"phone": PHONE, "products": [{"product": "honey"}]})

    north.reset()

    assert (north.balance(PHONE), south.balance(PHONE)) == (None, 1_000_000)
    assert north.answer("phone", "GET", "/faults") == []
    assert len(south.answer("phone", "GET", "/faults")) == 1
    assert len(south.answer("shop", "GET", f"/orders?phone=%2B{PHONE[1:]}")) == 1
    assert north.answer("wallet", "GET", "/bills") == []
    # What is there from the start is there again.
    [anna, _] = north.facts["buyers"]
    assert north.balance(anna["phone"]) == 1_000_000
    north.add_buyer(PHONE)
    assert north.answer("shop", "GET", "/books")["discrepancies"] == []


def test_a_token_is_good_for_its_team_only(stack: ServedStack, teams: tuple[Team, Team]) -> None:
    north, south = teams
    clock = "/_control/clock"

    def status(team: Team, token: str) -> int:
        bearer = {"Authorization": f"Bearer {token}"}
        return team.ask("wallet", "GET", clock, headers=bearer).status_code

    assert status(north, north.token) == 200
    assert status(south, north.token) == 401
    assert status(north, stack.facts["control_token"]) == 401
    forged = "south." + north.token.partition(".")[2]
    assert status(south, forged) == 401


def test_at_the_shared_address_the_token_names_the_team(
    stack: ServedStack, teams: tuple[Team, Team]
) -> None:
    north, _ = teams
    shared = Team("shared", {"sites": stack.facts["sites"], "control_token": north.token})
    unknown = Team("none", {**shared.facts, "control_token": "west." + "0" * 64})

    assert shared.balance(PHONE) == 1_000_000
    assert unknown.control("wallet", "GET", "/clock").status_code == 404
    # With the stack's own token it is the stack's own wallet.
    own = Team("own", stack.facts)
    assert own.balance(PHONE) is None


def test_a_team_that_does_not_exist_has_no_pages(stack: ServedStack) -> None:
    url = stack.facts["sites"]["wallet"]["url"].replace("//wallet.", "//west.wallet.")
    west = Team("west", {"sites": {"wallet": {"url": url}}})

    assert west.ask("wallet", "GET", "/sign-in").status_code == 404


class Walks:
    """A run of the features on the sites of a team, in a process of its own."""

    def __init__(self, team: Team, folder: Path, *names: str) -> None:
        folder = folder / f"{team.name}-{len(names)}"
        folder.mkdir()
        (folder / "team.toml").write_text(team.target(TOKEN))
        command = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:cacheprovider"]
        command += ["--target", str(folder / "team.toml"), "--driver", "http", "-n", "0"]
        command += ["--alluredir", str(folder / "results"), "-rs", "-k", " or ".join(names)]
        self._output = folder / "output.txt"
        with self._output.open("w") as output:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, TOKEN: team.token},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def walked(self) -> int:
        """How many scenarios were walked to their end; fails if one failed or was left out.

        What only a browser can try makes a scenario a partly tried one.
        """
        status = self._process.wait(timeout=150)
        printed = self._output.read_text()
        assert status == 0, printed
        skipped = SKIPPED.findall(printed)
        assert all(reason.startswith("PartlyTried") for _, reason in skipped), printed
        return int(PASSED.findall(printed)[-1]) + sum(int(times) for times, _ in skipped)


@pytest.mark.timeout(300)
def test_two_teams_walk_at_the_same_time_and_one_resets_in_between(
    stack: ServedStack, teams: tuple[Team, Team], tmp_path: Path
) -> None:
    north, south = teams
    of_north = Walks(north, tmp_path, W1, FAULTS_OF["north"])
    of_south = Walks(south, tmp_path, W1, C2, FAULTS_OF["south"])
    assert of_north.walked() == 2
    north.reset()
    again = Walks(north, tmp_path, C2)

    assert again.walked() == 1
    assert of_south.walked() == 6
    assert north.balance(PHONE) is None
    assert south.balance(PHONE) == 1_000_000
    for team in teams:
        assert team.answer("shop", "GET", "/books")["discrepancies"] == []
