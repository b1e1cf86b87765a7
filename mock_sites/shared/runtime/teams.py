"""Teams that share the processes and ports of one stack, and nothing else.

Each team has its own people, merchants, money, faults and clock: a database for each site (with
PostgreSQL a schema in it), keys and a clock of its own. A request belongs to the team that its
host names (``qa.wallet.localhost``), or its control token, or its path if it comes from another
site of the stack (``http://127.0.0.1:8100/~qa/``). Everything else belongs to the stack itself.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from .data_folder import DataError
from .kept_keys import kept_keys
from .settings import StackSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# It is part of a name of a host, of a folder and of a schema.
TEAM_NAME = re.compile("[a-z][a-z0-9-]{0,29}")
TOKEN = re.compile(rf"(?P<team>{TEAM_NAME.pattern})\.[0-9a-f]{{64}}")
CONTROLS = "/_control/"
# At this address, which no browser is led to, the path names the team.
INTERNAL_HOST = re.compile(r"127\.0\.0\.1(?::[0-9]+)?")
BELOW = "/~"
PURPOSE = b"control token of the team "
NO_TEAM = "There is no such team.\n"


def team_token(control_token: str, team: str) -> str:
    """The control token of a team: its name, and a proof that only the stack can make.

    It follows from the stack's own token, so it is kept nowhere and is the same at every start.
    """
    proof = hmac.new(control_token.encode(), PURPOSE + team.encode(), "sha256")
    return f"{team}.{proof.hexdigest()}"


def settings_of_team(stack: StackSettings, team: str, sites: Iterable[str]) -> StackSettings:
    """The settings of a team's own sites, with keys of its own in a folder of the stack's data.

    Raises DataError if they cannot be kept there.
    """
    data = stack.data / "teams" / team
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"cannot keep the data of the team {team}: {error.strerror}") from None
    token = team_token(stack.keys.control_token, team)
    keys = kept_keys(data, sites=sites).model_copy(update={"control_token": token})
    return stack.model_copy(update={"data": data, "keys": keys, "team": team})


class TeamsOfSite:
    """Passes each request to the site of its team; to the stack's own site if it has none."""

    def __init__(
        self, site: str, own: WSGIApplication, teams: Mapping[str, WSGIApplication]
    ) -> None:
        self._own, self._teams = own, teams
        name = TEAM_NAME.pattern
        self._host = re.compile(rf"(?P<team>{name})\.{site}\.localhost(?::[0-9]+)?", re.I)
        self._path = re.compile(rf"(?P<below>{BELOW}(?P<team>{name}))(?P<rest>/.*)?", re.DOTALL)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; one to a team that does not exist with 404."""
        team = self._team(environ)
        app = self._own if team is None else self._teams.get(team)
        if app is None:
            app = Response(NO_TEAM, 404)
        return app(environ, start_response)

    def _team(self, environ: WSGIEnvironment) -> str | None:
        host_name = environ.get("HTTP_HOST", "")
        path = self._path.fullmatch(environ.get("PATH_INFO", ""))
        if path is not None and INTERNAL_HOST.fullmatch(host_name):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + path["below"]
            environ["PATH_INFO"] = path["rest"] or "/"
            return path["team"]
        host = self._host.fullmatch(host_name)
        if host is not None:
            return host["team"].lower()
        return _team_of_token(environ) if _is_control(environ) else None


def _is_control(environ: WSGIEnvironment) -> bool:
    return str(environ.get("PATH_INFO", "")).startswith(CONTROLS)


def _team_of_token(environ: WSGIEnvironment) -> str | None:
    """The team that a control token names; the team's site checks the token."""
    given = Request(environ).authorization
    token = TOKEN.fullmatch((given and given.token) or "")
    return None if token is None else token["team"]
