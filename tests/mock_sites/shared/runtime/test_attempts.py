"""Which requests are answered again after a conflict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from mock_sites.shared.runtime.attempts import Repeats, note_action, repeatable_attempt

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


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
