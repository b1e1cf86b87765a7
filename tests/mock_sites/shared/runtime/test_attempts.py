"""Which requests are answered again, since a concurrent one got in their way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from mock_sites.shared.runtime.attempts import Repeats, note_action, repeatable_attempt

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class ConflictsOnce:
    """Fails at its first attempt; ``raises``: outside the site, which answers no error then."""

    def __init__(self, raises: bool) -> None:
        self._raises = raises
        self.attempts = 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.attempts += 1
        attempt = repeatable_attempt()
        if attempt is not None:
            attempt.failed = True
            if self._raises:
                raise RuntimeError("a conflict")
        start("500 Failed" if attempt else "200 OK", [])
        return [b"done"]


@pytest.mark.parametrize("raises", [False, True])
def test_a_request_that_has_failed_is_answered_again_and_counted(raises: bool) -> None:
    app, counted = ConflictsOnce(raises), list[str]()

    answer = Client(Repeats(app, lambda: counted.append("again"))).post("/")

    assert (answer.status_code, answer.text) == (200, "done")
    assert (app.attempts, counted) == (2, ["again"])


def test_an_error_without_a_conflict_is_raised() -> None:
    def fails(_environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        raise RuntimeError("no conflict")

    with pytest.raises(RuntimeError, match="no conflict"):
        Client(Repeats(fails)).post("/")


@pytest.mark.parametrize(("acts_later", "answers"), [(False, 2), (True, 1)])
def test_a_request_that_acts_after_a_conflict_is_not_answered_again(
    acts_later: bool, answers: int
) -> None:
    answered = list[bool]()

    def app(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        answered.append(acts_later)
        attempt = repeatable_attempt()
        if attempt is not None:
            attempt.failed = True
        if acts_later:
            note_action()
        return Response(status=200)({"REQUEST_METHOD": "POST"}, start)

    Client(Repeats(app)).post("/")

    assert len(answered) == answers
