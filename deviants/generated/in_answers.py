"""Faults in what a whole site answers: a header that is missing, a cookie with other attributes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flask import Flask, Response

from checkout_conformance.deviants.change import Change
from deviants.generated.faults import Fault, places
from mock_sites.shared.web.web import HEADERS

# Settings of the session's cookie, and what is wrong with each.
COOKIES: dict[str, tuple[object, str]] = {
    "SESSION_COOKIE_SAMESITE": ("Strict", "does not know the buyer who comes from another site"),
    "SESSION_COOKIE_SECURE": (True, "sends the cookie of the session only over TLS"),
    "SESSION_COOKIE_HTTPONLY": (False, "shows the cookie of the session to scripts"),
    "SESSION_COOKIE_PATH": ("/sign-in", "sends the cookie of the session to one page only"),
    "SESSION_COOKIE_NAME": ("session", "shares the name of its cookie with other sites"),
}
# A redirect with one of these statuses sends the form on, or is kept by the browser.
STATUSES = {301: "for ever", 307: "with the form"}


def faults(place: str | None = None) -> Iterator[Fault]:
    """Every header and attribute of every site that ``places.toml`` names, or of one site."""
    for site, about in places()["answers"].items():
        if place not in (None, site):
            continue
        fault = partial(Fault, site=site, clause=about["clause"], place=site, noun=about["name"])
        for header in (*HEADERS, "Cache-Control", "Content-Language"):
            told = f"answers without the header {header}"
            make = partial(_change, partial(_without_header, header))
            yield fault(operator="header-missing", detail=header, told=told, make=make)
        for setting, (value, told) in COOKIES.items():
            make = partial(_change, partial(_with_setting, setting, value))
            detail = setting.removeprefix("SESSION_")
            yield fault(operator="cookie-changed", detail=detail, told=told, make=make)
        for status, words in STATUSES.items():
            told = f"redirects {words} ({status})"
            make = partial(_change, partial(_with_status, status))
            yield fault(operator="redirect-changed", detail=str(status), told=told, make=make)


def _change(change: object, site: Change) -> None:
    site.app(change)  # type: ignore[arg-type]


def _without_header(header: str, app: Flask) -> None:
    # The last to be called: flask calls those that were added first last.
    def remove(response: Response) -> Response:
        response.headers.pop(header, None)
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, remove)


def _with_setting(setting: str, value: object, app: Flask) -> None:
    app.config[setting] = value


def _with_status(status: int, app: Flask) -> None:
    def change(response: Response) -> Response:
        if response.status_code == 303:
            response.status_code = status
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, change)
