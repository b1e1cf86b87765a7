"""The control that takes several calls of a site's controls at once."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from flask import Blueprint, current_app, request
from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from ..web.openapi import documented
from ..web.received import CardNumber, Received
from .body import body_as

MOST_CALLS = 100
# A path below the controls' own, with its query.
PATH = r"^/_control/[A-Za-z0-9][A-Za-z0-9/_~-]*(?:\?[!-~]*)?$"


def _of_one_call(path: str) -> str:
    if path.partition("?")[0].rstrip("/") == "/_control/batch":
        raise ValueError("a batch is no call of a batch")
    return path


class Call(Received, extra="forbid"):
    """A call of a control, as it would be sent alone. ``body`` is its JSON, null for none."""

    method: Literal["POST", "PATCH", "DELETE"]
    path: Annotated[str, AfterValidator(_of_one_call)] = Field(pattern=PATH, max_length=2000)
    # The control itself judges where a card number may stand.
    body: Annotated[dict[str, Any] | None, CardNumber()] = Field(None, repr=False)


class Batch(Received, extra="forbid"):
    """Calls of the controls of one site, made one after the other."""

    calls: list[Call] = Field(min_length=1, max_length=MOST_CALLS)


class CallAnswer(TypedDict):
    """The answer to a call: its JSON, and the lines that set cookies."""

    status: int
    body: Any
    cookies: list[str]


def add_batch_control(controls: Blueprint) -> None:
    """Add the route."""

    @controls.post("/batch")
    @documented("Make several calls of controls", list[CallAnswer], body=Batch)
    def make_calls() -> list[CallAnswer]:
        """Each is answered as if it came alone. The first that fails is the last that is made."""
        answers: list[CallAnswer] = []
        for call in body_as(Batch).calls:
            answers.append(_answer_to(call))
            if answers[-1]["status"] >= 400:
                break
        return answers


def _answer_to(call: Call) -> CallAnswer:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    headers = {"Authorization": request.headers["Authorization"]}
    # What a call keeps for its own time does not reach the next one.
    with app.app_context():
        answer = app.test_client(use_cookies=False).open(
            call.path, request.host_url, method=call.method, json=call.body, headers=headers
        )
    told = answer.get_json(silent=True)
    cookies = answer.headers.getlist("Set-Cookie")
    return CallAnswer(status=answer.status_code, body=told, cookies=cookies)
