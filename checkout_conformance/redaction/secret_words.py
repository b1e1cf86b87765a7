"""Find secrets by the words beside them: ``cvv=737``, ``code 482913``, ``password: …``.

Each function yields spans: start, end and the replacement text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MASK = "•••"


class SecretSpan(NamedTuple):
    """A part of a text that must not be shown, and the text that replaces it."""

    start: int
    end: int
    shown: str = MASK


# A text that pytest shows in pieces, a line each: 'the code is '\nE + '482913'.
_NEXT_PIECE = r"""(?:["']\n[E>+? -]*["'])?"""
# Between a name and its value: cvv=737, "cvv": "737", cvv%3D737, {\"cvv\": \"737\"}.
_IS = rf"""(?:\\?["'\]]|&quot;|%22)?\s*(?:=>|:=|=|:|%3D|%3A)\s*{_NEXT_PIECE}"""
_QUOTE = r"""(?:\\?["'«“]|&quot;|%22)?"""
_SAYS = rf"(?:{_IS}|\s+{_NEXT_PIECE}(?:(?:is|was|of)\b:?\s*{_NEXT_PIECE}|-\s*)?){_QUOTE}"
_SIX = r"(\d{6}|\d{3}[ -]\d{3})(?!\d|[.,]\d)"

LONGEST_WORD = 12
_DIGITS = re.compile(r"\d{3}|\d \d")
_HINT = re.compile(
    r"pass|pwd|pw\b|secret|token|key|cvv|cvc|cvn|csc|code|otp|pin|код|парол|رمز|كود|كلمة|auth|cookie"
    r"|bearer|basic",
    re.IGNORECASE,
)
_SECURITY_CODE = re.compile(
    r"(?:cvv2?|cvc2?|cvn2?|(?<![^\W_])csc|(?:security|card)[ _-]?code"
    r"|card[ _-]?verification[ _-]?(?:value|code)|код[а-я]* безопасности|رمز الأمان)"
    rf"(?:[ _-]?(?:code|number|value))?{_SAYS}(\d{{3,4}})(?!\d|[.,]\d)",
    re.IGNORECASE,
)
_ONE_TIME_CODE = re.compile(
    r"(?<![^\W_])(?:one[ _-]?time[ _-]?(?:code|password|passcode)|otp(?:[ _-]?code)?"
    r"|(?:verification|confirmation|sms|auth\w*|login)[ _-]?code|passcode|pin(?:[ _-]?code)?)"
    rf"{_SAYS}(\d{{4,8}}|\d{{3}}[ -]\d{{3}})(?!\d|[.,]\d)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?:code|код(?:ом|а|у)?|(?:ال)?رمزك?|(?:ال)?كود)(?![^\W_])"
    rf"((?:{_SAYS})|[ :]+(?:[^\W\d_]+[ :]+){{1,4}}){_SIX}",
    re.IGNORECASE,
)
_CODE_AFTER = re.compile(
    r"(?<!\d)(\d{6}|\d{3}[ -]\d{3})"
    r"(?:\s+is\s+(?:your|the)\b[^.\n]{0,40}\b(?:code|otp|passcode|password)\b|\s*[-—–:]\s*(?:ваш\s+)?код)",
    re.IGNORECASE,
)
# What is also called a code, or is counted, with six digits of its own.
_OTHER_CODES = re.compile(
    r"(?<![^\W_])(?:postal|post|zip|country|error|status|exit|product|promo|area|currency"
    r"|response|result|source|bank|sort|почтовый|البريدي)[ _-]?$",
    re.IGNORECASE,
)
_OTHER_NUMBERS = re.compile(r"order|invoice|bill|payment|заказ|сч[её]т|طلب|فاتورة", re.IGNORECASE)

_VALUE = (
    r"""(?P<value>\\"(?:[^"\\]|\\[^"])*(?=\\")|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|&quot;.*?(?=&quot;)"""
    r"""|(?:(?!%26|&amp;|&quot;)[^\s"'&<>;,)}\]\\])+)"""
)
_LONG_NAME = r"(?:password|passwd|passphrase|пароль|كلمة (?:السر|المرور))"
_SHORT_NAME = (
    r"(?<![^\W_])(?:pwd|(?:client[_-]?)?secret(?:[_-]?key)?|api[_-]?(?:key|secret)|private[_-]?key"
    r"|(?:(?:access|refresh|auth|id|api|csrf|session|control|bearer)[_-]?)?token)"
)
_PASSWORD = re.compile(rf"(?:{_LONG_NAME}|{_SHORT_NAME}){_IS}{_VALUE}", re.IGNORECASE)
# A word of every day: a secret only as a parameter, or in quotes.
_PASS = re.compile(
    r"(?<![^\W_])(?:pass|pw)"
    rf"""(?:\s?(?:=|%3D)\s?|(?:\\?["'])\s*:\s*){_VALUE}""",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?<![^\W_])(?:proxy-)?authorization"
    rf"{_IS}{_QUOTE}(?:(?:bearer|basic|digest|token)(?:\s|%20|\+)+{_NEXT_PIECE})?(?P<value>[^\s\"'<>,}}\\]+)",
    re.IGNORECASE,
)
_COOKIE = re.compile(
    rf"(?<![^\W_])(?:set-)?cookie{_IS}{_QUOTE}(?P<value>[^\"'\n\\]+)", re.IGNORECASE
)
_BEARER = re.compile(
    rf"(?<![^\W_])(?:bearer|basic)(?:\s|%20)+{_NEXT_PIECE}(?P<value>(?=[\w.~+/=-]*\d)[\w.~+/=-]{{8,}})",
    re.IGNORECASE,
)
_NO_SECRETS = {
    "",
    "none",
    "null",
    "true",
    "false",
    "str",
    "bytes",
    "int",
    "object",
    "any",
    "secretstr",
    MASK,
}
_SOURCE_CODE = re.compile(r"[A-Za-z_][\w.]*[(\[]|\{|f?[\"']$")

# Playwright's call log repeats what was typed, and the markup of the field that it was typed into.
_TYPED = re.compile(r"\b(?:fill|type|insertText|pressSequentially)\(\"(.*)\"\)")
_MARKUP_VALUE = re.compile(r"\bvalue=(?:\"([^\"]*)\"|'([^']*)')")
_QUERY = re.compile(
    r"\b[a-z][a-z0-9+.-]*://[^\s\"'?#<>]*\?([^\s\"'#<>]*)(#[^\s\"'<>]*)?", re.IGNORECASE
)
_FRAGMENT = re.compile(
    r"\b[a-z][a-z0-9+.-]*://[^\s\"'?#<>]*#([^\s\"'<>]*=[^\s\"'<>]*)", re.IGNORECASE
)
_USER = re.compile(r"(?:\b[a-z][a-z0-9+.-]*:|(?<![:/]))//([^/\s\"'<>?#]*@)", re.IGNORECASE)
_BARE_USER = re.compile(
    r"(?<![\w/.:@-])(?!mailto:)[\w.+-]+:([^\s:@/\"'<>]{3,})@(?=(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}|localhost)"
)


def find_codes(text: str) -> Iterator[SecretSpan]:
    """Security codes and one-time codes that stand beside their name."""
    if not (_HINT.search(text) and _DIGITS.search(text)):
        return
    for pattern in (_SECURITY_CODE, _ONE_TIME_CODE, _CODE_AFTER):
        for found in pattern.finditer(text):
            yield SecretSpan(*found.span(1))
    for found in _CODE.finditer(text):
        before = text[max(0, found.start() - LONGEST_WORD) : found.start()]
        if not _OTHER_CODES.search(before) and not _OTHER_NUMBERS.search(found[1]):
            yield SecretSpan(*found.span(2))


def find_passwords(text: str) -> Iterator[SecretSpan]:
    """Passwords, tokens, keys, cookies and authorisations that stand beside their name."""
    if not _HINT.search(text):
        return
    for pattern in (_PASSWORD, _PASS, _HEADER, _COOKIE, _BEARER):
        for found in pattern.finditer(text):
            yield from _value_in(found)


def _value_in(found: re.Match[str]) -> Iterator[SecretSpan]:
    value, (start, end) = found["value"], found.span("value")
    for quote in ('\\"', "&quot;", '"', "'"):
        if value.startswith(quote):
            start += len(quote)
            end -= len(quote) if value.endswith(quote) and len(value) > len(quote) else 0
            break
    inner = found.string[start:end]
    if inner.casefold() not in _NO_SECRETS and not _SOURCE_CODE.match(value):
        yield SecretSpan(start, end)


def find_typed_values(text: str) -> Iterator[SecretSpan]:
    """What Playwright's call log says was typed, and the values in its markup of fields."""
    for found in _TYPED.finditer(text):
        yield SecretSpan(*found.span(1))
    for found in _MARKUP_VALUE.finditer(text):
        yield SecretSpan(*found.span(1 if found[1] is not None else 2))


def find_address_values(text: str) -> Iterator[SecretSpan]:
    """User and password of an address, and the values of its query and its fragment."""
    for found in _USER.finditer(text):
        yield SecretSpan(*found.span(1), "")
    for found in _BARE_USER.finditer(text):
        yield SecretSpan(*found.span(1))
    for found in _QUERY.finditer(text):
        yield SecretSpan(*_whole_query(found), _without_values(found[1]))
    for found in _FRAGMENT.finditer(text):
        yield SecretSpan(*found.span(1), _without_values(found[1]))


def _whole_query(found: re.Match[str]) -> tuple[int, int]:
    return found.start(1), found.end()


def _without_values(query: str) -> str:
    names = [pair.partition("=")[0] for pair in query.split("&")]
    return "&".join(f"{name}={MASK}" for name in names if name)
