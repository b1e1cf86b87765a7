"""A client for the test controls of a target's sites: transport, token and errors.

What the controls of particular sites can do is the content's: a project derives its client.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from checkout_conformance.redaction.secrets import hide
from checkout_conformance.targets.addresses import needs_proxy, on_loopback
from checkout_conformance.targets.sent_requests import SENT
from checkout_conformance.targets.target import SiteUnreachable, Target

SECONDS = 10.0
ADVICE = {
    401: "The control token was refused: give the one that the stack printed.",
    404: "The controls are off or lack this one: start the sites with --controls.",
    422: "The site wants another body: compare what is sent with its control routes.",
}


BATCHES = "batches"


class ControlsError(Exception):
    """A test control did not do what it was asked. The message says what to do."""


@dataclass(frozen=True)
class Call:
    """A call of a control; ``body`` is sent as JSON."""

    method: str
    path: str
    body: object = None


@dataclass(frozen=True)
class CallAnswer:
    """The JSON of an answer, and its lines that set cookies."""

    told: Any
    cookies: Sequence[str]


class ControlClient:
    """Sends requests to the test controls, which every site has below ``/_control/``.

    Make one for a session: a new client costs 20 ms for a TLS context that is never used.
    """

    def __init__(self, target: Target, client: httpx.Client | None = None) -> None:
        """``client`` replaces the transport, as a test does."""
        self.target = target
        self._client = client or httpx.Client(
            timeout=SECONDS,
            trust_env=needs_proxy(*target.urls.values()),
            # Our own sites beside somebody else's.
            mounts={"all://127.0.0.1": None},
        )
        # A session that a control begins is a browser's: the next call must not end it.
        self._client.cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, site: str, path: str, **query: str) -> Any:
        """Read what a control tells, as JSON. Raises as :meth:`send` does."""
        return self.send("GET", site, f"{path}?{httpx.QueryParams(query)}" if query else path)

    def post(self, site: str, path: str, **body: object) -> Any:
        """Ask a control to do something. Raises as :meth:`send` does."""
        return self.send("POST", site, path, body)

    def send(self, method: str, site: str, path: str, body: object = None) -> Any:
        """Send a request with the site's control token; return the answer's JSON, if any.

        Raises as :meth:`ask` does.
        """
        answer = self.ask(method, site, path, body)
        return answer.json() if answer.content else None

    def call_all(self, site: str, calls: Sequence[Call]) -> list[CallAnswer]:
        """Make several calls, one after the other, in one request if the target takes batches.

        Raises as :meth:`ask` does, for the first that fails; those after it are not made.
        """
        if len(calls) < 2 or BATCHES in self.target.lacks:
            return [self._call(site, call) for call in calls]
        wanted = [{"method": one.method, "path": one.path, "body": one.body} for one in calls]
        told = self.post(site, "/_control/batch", calls=wanted)
        for call, answer in zip(calls, told, strict=False):
            if answer["status"] >= httpx.codes.BAD_REQUEST:
                again = httpx.Response(answer["status"], json=answer["body"])
                raise ControlsError(_refusal(_name_of(call.method, site, call.path), again))
        if len(told) != len(calls):
            raise ControlsError(f"the {site} answered {len(told)} of {len(calls)} calls of a batch")
        return [CallAnswer(answer["body"], answer["cookies"]) for answer in told]

    def _call(self, site: str, call: Call) -> CallAnswer:
        answer = self.ask(call.method, site, call.path, call.body)
        told = answer.json() if answer.content else None
        return CallAnswer(told, answer.headers.get_list("Set-Cookie"))

    def ask(self, method: str, site: str, path: str, body: object = None) -> httpx.Response:
        """Send a request with the site's control token; return the whole answer.

        Raises SiteUnreachable, and ControlsError if the control refuses or the target has no
        token. Neither message tells anything of the body, which may hold a password.
        """
        url = on_loopback(self.target.url(site, path))
        headers = {"Authorization": f"Bearer {self._token(site)}"}
        SENT.add()
        what = _name_of(method, site, path)
        try:
            answer = self._client.request(method, url, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise SiteUnreachable(
                f"{what}: {type(error).__name__}. Does {self.target.url(site)} still serve?"
            ) from None
        if not answer.is_success:
            raise ControlsError(_refusal(what, answer))
        return answer

    def _token(self, site: str) -> str:
        token = self.target.control_tokens.get(site)
        if token is None:
            raise ControlsError(
                f"the target claims to offer what the {site}'s test controls do, but has no token"
                f" for them: give sites.{site}.control_token_env, or say what it lacks"
            )
        return hide(token)


def _name_of(method: str, site: str, path: str) -> str:
    return f"{method} {path.partition('?')[0]} on the {site}"


def _refusal(what: str, answer: httpx.Response) -> str:
    return f"{what}: {answer.status_code}. {_advice(answer)}"


def _advice(answer: httpx.Response) -> str:
    return ADVICE.get(answer.status_code) or f"The site says: {_error_code(answer)}"


def _error_code(answer: httpx.Response) -> str:
    try:
        said = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return "nothing that helps; look into the stack's stderr."
    return str(said)
