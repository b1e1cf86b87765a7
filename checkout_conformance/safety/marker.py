"""Check that the sites are test instances before a run changes anything on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from queue import Empty, Queue
from threading import Thread

import httpx

from checkout_conformance.targets.addresses import on_loopback
from checkout_conformance.targets.file import SafetyRefusal, SiteSettings

SECONDS = 10.0
MAX_BYTES = 1000
# One line: the two words, in capitals or not, and a note after a colon and a space if need be.
MARKER_LINE = re.compile(r"test instance(: \S[^\r\n]*)?(\r?\n)?", re.IGNORECASE | re.ASCII)
GRAMMAR = (
    "status 200, Content-Type text/plain, and a single line: Test instance, or Test instance: and"
    " a note"
)
REFUSED = (
    "The run did not start and nothing was changed: a site has not shown that it is a test"
    f" instance. Let it serve its marker ({GRAMMAR}), or vouch for its host in the target file"
    " (sites.….vouched, with the owner's name):"
)


def require_test_instances(sites: Mapping[str, SiteSettings], seconds: float = SECONDS) -> None:
    """Request the marker of each site that nobody vouches for.

    Only GET is sent and no redirect is followed, because another host proves nothing about this
    one. A site has ``seconds`` for its answer. Raises SafetyRefusal with every unproven site.
    """
    errors = [
        f"  {name}: {error}"
        for name, site in sites.items()
        if site.vouched is None
        for error in _marker_errors(site.url + site.marker, seconds)
    ]
    if errors:
        raise SafetyRefusal("\n".join([REFUSED, *errors]))


def _marker_errors(address: str, seconds: float) -> Iterator[str]:
    with httpx.Client(timeout=seconds, follow_redirects=False, trust_env=False) as client:
        try:
            error = _within(seconds, lambda: _marker_error(client, address))
        except TimeoutError:
            error = f"did not answer in full within {seconds:g} s"
        except (httpx.HTTPError, httpx.InvalidURL) as cause:
            error = f"could not be read: {type(cause).__name__}"
    if error:
        yield f"{address} {error}"


def _within(seconds: float, work: Callable[[], str]) -> str:
    """Return the result of ``work`` or raise its exception; TimeoutError after ``seconds``.

    An HTTP client limits the time of each read only: a server that drips bytes would pass.
    """
    results: Queue[str | Exception] = Queue()

    def run() -> None:
        try:
            results.put(work())
        except Exception as error:
            results.put(error)

    Thread(target=run, daemon=True).start()
    try:
        result = results.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(result, Exception):
        raise result
    return result


def _marker_error(client: httpx.Client, address: str) -> str:
    """Return the error of the marker at ``address``; empty if there is none."""
    plainly = {"Accept": "text/plain", "Accept-Encoding": "identity"}
    with client.stream("GET", on_loopback(address), headers=plainly) as answer:
        if answer.status_code != 200:
            return f"answers {answer.status_code}"
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "text/plain":
            return f"is served as {kind or 'nothing'}, not as text/plain"
        body = b""
        for piece in answer.iter_raw():
            body += piece
            if len(body) > MAX_BYTES:
                return f"is longer than {MAX_BYTES} bytes"
    if not MARKER_LINE.fullmatch(body.decode("utf-8", "replace")):
        return "says something else"
    return ""
