"""Values that nobody means, and requests that carry them to every route of a site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder, run_wsgi_app

# As they stand in an address or a form, percent-encoded.
VALUES = (
    "%00",
    "%ff",
    "%ed%a0%80",
    "a%0d%0aX-Injected:1",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e%252fx",
    "9" * 400,
    "-1e30",
    "1e400",
    "-1",
    "NaN",
    "Infinity",
    "%D9%A1%D9%A0",
    "0000-00-00T0000",
    "0001-01-01T0000",
    "9999-12-31T2359",
    "10000-01-01T0000",
    "x" * 3000,
    "%F0%9F%91%8D",
    "%E2%80%AE%EF%BF%BD",
    "%27%3B--%3Cscript%3E",
    "http://[",
    "//elsewhere.example/%09",
    "%5C%5Celsewhere.example",
    "{%22a%22:1}",
    "%7B%7B7*7%7D%7D",
    "%25s%25n",
    "4111%201111%201111%201111",
    "",
)
# What is no JSON, or none that any program of ours sends.
BODIES = (
    b"",
    b"[" * 100_000,
    b'{"a":' * 40_000,
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"1e400",
    b"NaN",
    b"\xff\xfe",
    b'{"a": 1, "a": 2}',
    b"9" * 10_000,
    b'{"bill": {"amount": {"value": -1e400}}}',
)
# What stands for a value of a body that would fit.
LEAVES: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**400,
    1.5,
    "",
    "\x00",
    "\ud800",
    "\ufffd",
    "-1e30",
    "1e2",
    "1e400",
    "NaN",
    "Infinity",
    "١٠",
    " 10 ",
    "x" * 5000,
    "0000-00-00T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "10000-01-01T00:00:00Z",
    "http://[",
    "http://a\r\nb",
    "4111 1111 1111 1111",
    [],
    {},
    {"a": "b"},
    [[[[]]]],
)
HEADERS = (
    {"HTTP_COOKIE": "wallet_session=\xff\x00; shop_session=.eJx; =; ;;"},
    {"HTTP_AUTHORIZATION": "Bearer \xff\x00"},
    {"HTTP_AUTHORIZATION": "Basic %%%"},
    {"HTTP_ACCEPT_LANGUAGE": "*;q=NaN, \xff, a-b-c-d-e;q=1e400"},
    {"HTTP_ACCEPT": "\xff/\xff;q=x"},
    {"HTTP_USER_AGENT": "\xff" * 3000},
    {"HTTP_SEC_CH_UA_MOBILE": "\xff"},
    {"HTTP_IF_MODIFIED_SINCE": "Thu, 99 Xyz 99999 99:99:99 GMT"},
    {"HTTP_IF_NONE_MATCH": '"\xff'},
    {"HTTP_RANGE": "bytes=99999999999999999999-1"},
    {"HTTP_REFERER": "http://["},
    {"HTTP_X_API_SIGNATURE_SHA256": "\xff"},
    {"HTTP_SIGNATURE": "algorithm=RSA256,keyVersion=1,signature=%ff"},
    {"HTTP_CLIENT_ID": "\xff", "HTTP_REQUEST_TIME": "\xff"},
    {"CONTENT_TYPE": "application/json; charset=\xff"},
    {"CONTENT_TYPE": "multipart/form-data"},
    {"CONTENT_TYPE": "multipart/form-data; boundary=\xff"},
    {"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=utf-7"},
    {"CONTENT_TYPE": "\xff"},
    {"CONTENT_LENGTH": "-1"},
    {"CONTENT_LENGTH": "\xff"},
    {"HTTP_X_CSRFTOKEN": "\xff"},
)
HOSTS = (".", "..", "x" * 64 + ".localhost", "a..b", "[::1", "\xff", "", "a b", "a:99999999", "a/b")


def fields_of(app: Flask) -> list[str]:
    """Every name that a form, a link or a protocol of the site reads."""
    templates = app.jinja_env.list_templates() if app.jinja_env.loader else []
    sources = [app.jinja_env.loader.get_source(app.jinja_env, name)[0] for name in templates]  # type: ignore[union-attr]
    named = re.findall(r'name="([\w.-]+)"|form\.(\w+)', "\n".join(sources))
    read = ("successUrl", "billId", "publicKey", "amount", "lifetime", "comment", "phone", "email")
    more = ("customFields[a]", "currency", "invoice_uid", "next", "back", "language", "means", "q")
    known = {name for pair in named for name in pair if name} | {*read, *more, "card", "address"}
    return sorted(known - {"csrf_token"})


def routes_of(app: Flask) -> list[Rule]:
    """Every route, but for signing out: the buyer stays signed in."""
    return [rule for rule in app.url_map.iter_rules() if rule.rule != "/sign-out"]


def path_of(rule: Rule, value: str, real: dict[str, str]) -> str:
    """The route's path with ``real`` values, or with ``value`` where there are none."""
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda found: real.get(found[1], value), rule.rule)


def send(
    app: Flask,
    method: str,
    path: str,
    *,
    query: str = "",
    body: bytes = b"",
    kind: str = "application/x-www-form-urlencoded",
    headers: dict[str, str] | None = None,
) -> tuple[int, str]:
    """The status of the answer, and its text."""
    builder = EnvironBuilder(
        path=path, method=method, query_string=query, data=body, content_type=kind
    )
    environ = builder.get_environ() | (headers or {})
    answer, status, _ = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    return int(status.split()[0]), b"".join(answer).decode(errors="replace")


def changed(body: Any) -> Iterator[Any]:
    """``body`` with one value after the other replaced, or left out, or of another name."""
    for path in _paths(body):
        for leaf in LEAVES:
            yield _with(body, path, leaf)
    for name in body:
        yield {key: value for key, value in body.items() if key != name}
    yield body | {"\x00": "\ud800"}


def as_json(body: Any) -> bytes:
    """``body`` as bytes."""
    return json.dumps(body).encode()


def _paths(body: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in body.items():
        yield (*before, name)
        if isinstance(value, dict):
            yield from _paths(value, (*before, name))


def _with(body: Any, path: tuple[str, ...], leaf: Any) -> Any:
    name, *rest = path
    return body | {name: _with(body[name], tuple(rest), leaf) if rest else leaf}
