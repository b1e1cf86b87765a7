"""The words of the access control server: why a code is refused."""

from __future__ import annotations

from flask_babel import lazy_gettext

REFUSALS = {
    "code.empty": lazy_gettext("Enter the code from the message."),
    "code.not-six-digits": lazy_gettext("The code has six digits."),
    "code.wrong": lazy_gettext("This code is wrong. Tries left: %(left)s."),
}
