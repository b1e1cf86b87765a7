"""Nothing is changed on a site that has not shown that it is a test instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import httpx

from steps.controls import on_loopback
from steps.staging.file import Site, SiteAt, TargetError

WORDS = "test instance"
SECONDS = 10.0
ENOUGH_BYTES = 2000


def prove_test_instances(sites: Mapping[Site, SiteAt]) -> None:
    """Ask each site for its marker, but for those that somebody vouches for by name.

    Only GET is sent, and no redirect is followed: another host proves nothing of this one. Raises
    TargetError that names every site without proof.
    """
    with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
        doubts = [
            f"  {name}: {doubt}"
            for name, site in sites.items()
            if site.vouched is None
            for doubt in _doubts(client, site)
        ]
    if doubts:
        raise TargetError("\n".join([REFUSED, *doubts]))


REFUSED = (
    "The run has not begun, and nothing was changed: a site has not shown that it is a test"
    f" instance. Let it serve its marker, a text that begins with {WORDS!r}, or vouch for its host"
    " in the target's file (sites.….vouched, with the owner's name):"
)


def _doubts(client: httpx.Client, site: SiteAt) -> Iterator[str]:
    address = site.url + site.marker
    try:
        answer = client.get(on_loopback(address))
    except httpx.HTTPError as error:
        yield f"{address}: {type(error).__name__}"
        return
    if answer.status_code != 200:
        yield f"{address} answers {answer.status_code}"
    elif not answer.text[:ENOUGH_BYTES].strip().casefold().startswith(WORDS):
        yield f"{address} says something else"
