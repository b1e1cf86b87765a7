"""Signing in and out: the same pages on every site that has accounts."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext, lazy_gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from ..accounts.people import People, typed_phone
from ..values.refusal import Refusal
from ..values.web_address import is_own_path
from .forms import SecretField, TextField
from .interrupted import is_own_form, page_of_form, remember_form
from .web import redirect_after_post
from .wording import FollowsRule, show_beside_field


def _filled(password: str) -> None:
    if not password:
        raise Refusal("password.empty", "password")


class SignInForm(FlaskForm):
    """Phone and password."""

    phone = TextField(lazy_gettext("Phone number"), [FollowsRule(typed_phone)])
    password = SecretField(lazy_gettext("Password"), [FollowsRule(_filled)])


class SignedIn(UserMixin):
    """Flask-Login's view of a person: known by a session that the site can end."""

    def __init__(self, session_id: str, person: Any) -> None:
        self.id = session_id
        self.person = person


def signed_in_person() -> Any:
    """The person whose session this is; only for pages behind ``login_required``."""
    return current_user.person


def add_sign_in(app: Flask, people: People[Any], home: str) -> None:
    """Give ``app`` its sign-in and sign-out; ``home`` is the endpoint that comes after."""
    manager = LoginManager(app)
    manager.login_view = "sign_in.sign_in"
    app.extensions["people"] = people

    @manager.user_loader
    def load(session_id: str) -> SignedIn | None:
        person = people.signed_in(session_id)
        return None if person is None else SignedIn(session_id, person)

    @manager.unauthorized_handler
    def ask_to_sign_in() -> Response:
        remember_form()
        # The form of another site comes without the session's cookie: it must not replace it.
        if request.method != "POST" or is_own_form():
            flash(gettext("Sign in to continue."))
        return redirect_after_post(url_for("sign_in.sign_in", next=_page_to_return_to(app)))

    app.register_blueprint(_pages(people, home))


def _pages(people: People[Any], home: str) -> Blueprint:
    pages = Blueprint("sign_in", __name__)

    @pages.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> Response | str:
        form = SignInForm()
        if form.validate_on_submit():
            try:
                person = people.sign_in(
                    typed_phone(form.phone.data or ""), form.password.data or ""
                )
            except Refusal as refusal:
                show_beside_field(form, refusal)
            else:
                _end_session(people)
                login_user(SignedIn(people.begin_session(person.id), person))
                return redirect_after_post(own_address(request.args.get("next")) or url_for(home))
        return render_template("sign_in.html", form=form)

    @pages.post("/sign-out")
    def sign_out() -> Response:
        _end_session(people)
        return redirect(url_for("sign_in.sign_in"), 303)

    return pages


def _end_session(people: People[Any]) -> None:
    """End the session on the server, so that a copy of its cookie is worth nothing.

    Its form key ends with it: a key that others have seen does not survive a sign-in. What the
    visitor has chosen (language, version) stays.
    """
    if current_user.is_authenticated:
        people.end_session(current_user.id)
        logout_user()
    session.pop(current_app.config.get("WTF_CSRF_FIELD_NAME", "csrf_token"), None)


def _page_to_return_to(app: Flask) -> str | None:
    """The page that was asked for, or that a form was sent from, if it is one to be opened."""
    if (request.endpoint or "").startswith("sign_in."):
        return own_address(request.args.get("next"))
    page = page_of_form()
    if page is not None:
        return page
    address = request.full_path.rstrip("?")
    try:
        app.create_url_adapter(request).match(request.path, "GET")  # type: ignore[union-attr]
    except (MethodNotAllowed, RequestRedirect):
        return None
    return address


def own_address(address: str | None) -> str | None:
    """``address`` if it is a path on this site; anything else could lead a buyer astray."""
    return address if address and is_own_path(address) else None
