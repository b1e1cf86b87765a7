"""The words of the access control server: why a code is refused."""

from __future__ import annotations

from flask_babel import lazy_gettext

REFUSALS = {
    "code.empty": lazy_gettext("Enter the code from the message."),
    "code.not-six-digits": lazy_gettext("The code has six digits."),
    "code.too-soon": lazy_gettext("You can request a new code in %(seconds)s s."),
    "code.too-many-messages": lazy_gettext("No more codes are sent for this card. Use the newest."),
    "code.not-sent": lazy_gettext(
        "The message with the code could not be sent. Request a new one later."
    ),
    "code.wrong": lazy_gettext("This code is wrong. Tries left: %(left)s."),
}
