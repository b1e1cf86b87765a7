"""A form that was sent by somebody who had to sign in first: what of it waits for the sign-in.

It waits in the session, which the site signs. It is taken from the site's own pages only, so that
no other site can fill in a buyer's form, and of it the fields that the site names: nothing of a
card, no password and no code. Nothing is done before the sign-in.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app, flash, g, request, session
from flask_babel import gettext
from flask_login import user_logged_in, user_logged_out
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from ..values import refusal as rules
from ..values.text_rules import is_usable
from .wording import words_for

# The key in the session; code that gives a session a new id at sign-in has to copy it.
KEY = "interrupted"
# Compressed, in bytes: a cookie holds 4 KB, with all else that is in the session.
LONGEST_KEPT = 2000
Fields = MultiDict[str, str]
# What is done once the buyer has signed in: takes the person, the address's parts and the fields.
Finish = Callable[[Any, Mapping[str, str], Fields], None]


def keep_interrupted_forms(
    app: Flask, fields: Collection[str], finish: Mapping[str, Finish] | None = None
) -> None:
    """Keep these fields of a form that is sent by somebody who is not signed in.

    ``finish`` says, by endpoint, what is done with a form after the sign-in. Every other form is
    filled in again on its page (:func:`form_data`), to be sent once more.
    """
    app.extensions["kept_fields"] = frozenset(fields)
    finishes = dict(finish or {})

    def go_on(_app: Flask, user: Any) -> None:
        form = session.get(KEY)
        if form is None:
            return
        if form["endpoint"] not in finishes:
            flash(
                gettext(
                    "Your session has ended, so nothing was sent. Check the form and send it"
                    " again. Card data and codes are not saved."
                )
            )
            return
        try:
            finishes[form["endpoint"]](user.person, form["args"], MultiDict(form["fields"]))
        except rules.Refusal as refusal:
            # The form's own page still shows what was typed.
            flash(words_for(refusal))
            return
        except rules.NotFound:
            pass
        session.pop(KEY)

    user_logged_in.connect(go_on, app, weak=False)
    user_logged_out.connect(lambda _app, user: session.pop(KEY, None), app, weak=False)


def remember_form() -> None:
    """Keep what may be kept of the form that is being sent, until its sender has signed in."""
    page = page_of_form()
    if page is None:
        return
    wanted: Collection[str] = current_app.extensions.get("kept_fields", ())
    typed = [
        (name, text)
        for name, text in request.form.items(multi=True)
        # A form of several on one page has the name of its line before that of the field.
        if name.rpartition("-")[2] in wanted and is_usable(text)
    ]
    if len(zlib.compress(json.dumps(typed).encode())) > LONGEST_KEPT:
        typed = []
    session[KEY] = {
        "endpoint": request.endpoint,
        "args": request.view_args,
        "path": unquote(urlsplit(page).path),
        "fields": typed,
    }


def form_data() -> Fields | None:
    """Return the data for the page's form: what is being sent, else what was kept for this page.

    For the ``formdata`` of a form; None if there is neither.
    """
    return request.form if request.method == "POST" else waiting_form()


def waiting_form() -> Fields | None:
    """Return, once, what was typed into this page's form before the sign-in."""
    form = session.get(KEY)
    if form is None or form["path"] != request.path:
        return None
    session.pop(KEY)
    return MultiDict(form["fields"])


def page_of_form() -> str | None:
    """The page that the form being sent stands on, with its query; None for another site's form."""
    if request.method != "POST" or not is_own_form():
        return None
    page = urlsplit(request.referrer or "")
    own = page.netloc == request.host and is_usable(unquote(request.referrer or ""))
    if own and _can_be_opened(unquote(page.path)):
        return page._replace(scheme="", netloc="", fragment="").geturl()
    return request.full_path.rstrip("?") if _can_be_opened(request.path) else None


def is_own_form() -> bool:
    """Whether a page of this site sent the form: by its key, or as the browser says."""
    sender = urlsplit(request.headers.get("Origin") or request.referrer or "")
    return bool(g.get("csrf_valid")) or sender.netloc == request.host


def _can_be_opened(path: str) -> bool:
    """Whether there is a page at this path of the site, and not only something to send to."""
    try:
        current_app.create_url_adapter(request).match(path, "GET")  # type: ignore[union-attr]
    except (MethodNotAllowed, NotFound, RequestRedirect):
        return False
    return not path.startswith("/sign-")
