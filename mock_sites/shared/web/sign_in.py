"""Signing in and out: the same pages on every site that has accounts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

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
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from ..accounts.people import People, parse_phone
from ..values.refusal import Refusal
from ..values.web_address import is_own_path
from .forms import SecretField, TextField
from .interrupted import is_own_form, page_of_form, remember_form
from .web import redirect_after_post
from .wording import show_beside_field

pages = Blueprint("sign_in", __name__)


def _filled(password: str) -> str:
    if not password:
        raise Refusal("password.empty", "password")
    return password


class SignInForm(FlaskForm):
    """Phone and password."""

    phone = TextField(lazy_gettext("Phone number"), rule=parse_phone)
    password = SecretField(lazy_gettext("Password"), rule=_filled)


class SignedIn(UserMixin):
    """Flask-Login's view of a person: known by a session that the site can end."""

    def __init__(self, session_id: str, person: Any) -> None:
        self.id = session_id
        self.person = person


def signed_in_person() -> Any:
    """The person whose session this is; only for pages that :func:`require_sign_in`."""
    return current_user.person


def is_signed_in() -> bool:
    """Whether the session of the request is somebody's."""
    return bool(current_user.is_authenticated)


def require_sign_in(pages: Blueprint, *, public: Collection[str] = ()) -> None:
    """Redirect visitors who are not signed in to the sign-in page, and back after it.

    ``public`` names the views of the blueprint that everybody may open.
    """

    @pages.before_request
    def ask_to_sign_in() -> ResponseReturnValue | None:
        view = (request.endpoint or "").rpartition(".")[2]
        if view in public or is_signed_in():
            return None
        answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return answer


def add_sign_in(app: Flask, people: People[Any], home: str) -> None:
    """Give ``app`` its sign-in and sign-out pages; ``home`` is the endpoint that comes after."""
    manager = LoginManager(app)
    manager.login_view = "sign_in.sign_in"
    # A session is known by its id alone, whatever its browser calls itself.
    manager.session_protection = None
    app.extensions["people"] = people
    app.config["HOME_ENDPOINT"] = home

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
        return redirect_after_post(url_for("sign_in.sign_in", next=_page_to_return_to()))

    app.register_blueprint(pages)


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str:
    form = SignInForm()
    if form.validate_on_submit():
        try:
            person = _people().sign_in(form.phone.data, form.password.data)
        except Refusal as refusal:
            show_beside_field(form, refusal)
        else:
            start_session(person)
            wanted = safe_redirect_path(request.args.get("next"))
            return redirect_after_post(wanted or url_for(current_app.config["HOME_ENDPOINT"]))
    return render_template("sign_in.html", form=form)


def start_session(person: Any) -> None:
    """Sign a person of the site in, in the browser of this request; its old session ends."""
    _end_session()
    login_user(SignedIn(_people().begin_session(person.id), person))


@pages.post("/sign-out")
def sign_out() -> Response:
    _end_session()
    return redirect(url_for("sign_in.sign_in"), 303)


def _people() -> People[Any]:
    return cast(People[Any], current_app.extensions["people"])


def _end_session() -> None:
    """End the session on the server, so that a copy of its cookie is worth nothing.

    Its form key ends with it: a key that others have seen does not survive a sign-in. What the
    visitor has chosen (language, version) stays.
    """
    if current_user.is_authenticated:
        _people().end_session(current_user.id)
        logout_user()
    session.pop(current_app.config.get("WTF_CSRF_FIELD_NAME", "csrf_token"), None)


def _page_to_return_to() -> str | None:
    """The page that was asked for, or that a form was sent from, if it is one to be opened."""
    if (request.endpoint or "").startswith("sign_in."):
        return safe_redirect_path(request.args.get("next"))
    page = page_of_form()
    if page is not None:
        return page
    address = request.full_path.rstrip("?")
    try:
        current_app.create_url_adapter(request).match(request.path, "GET")  # type: ignore[union-attr]
    except (MethodNotAllowed, RequestRedirect):
        return None
    return address


def safe_redirect_path(address: str | None) -> str | None:
    """``address`` if it is a path on this site; anything else could lead a buyer astray."""
    return address if address and is_own_path(address) else None
