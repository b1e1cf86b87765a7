"""The shared core of the sites as web applications: pages, languages, errors, headers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache, partial
from hmac import compare_digest
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from babel import Locale
from babel.dates import format_datetime, format_time, get_timezone
from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
)
from flask_babel import get_locale, gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)
from werkzeug.wrappers import Response as AnyResponse

from ..accounts.people import phone_in
from ..runtime.attempts import will_be_repeated
from ..runtime.incoming import LARGEST_BODY_BYTES
from ..runtime.server import is_too_large
from ..values.money import Money
from ..values.refusal import NotFound, Refusal
from . import wording
from .clean_addresses import CleanAddresses, unusable_code, unusable_names
from .cookies import SessionCookies
from .focus import first_to_fill, page_has_errors
from .languages import add_languages
from .wording import words_for

View = TypeVar("View", bound=Callable[..., Any])
# The attribute of a view that names what it shows itself.
SHOWS = "__shows_unusable__"
# How browsers send forms; a request without a body has no type.
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "")
SHARED = Path(__file__).parent
# The zone of the documents' buyers; moments are stored in UTC and shown in it.
HOME_ZONE = "Europe/Moscow"
# Below it a site answers test controls.
CONTROLS = "/_control/"
MARKER = "/.well-known/checkout-test-instance"
TEST_INSTANCE = "Test instance: a simulation, in which no real money moves.\n"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def create_site(
    name: str, folder: Path, secret_key: str, refusals: Mapping[str, object], api_prefix: str
) -> Flask:
    """A Flask application with what all the sites have in common.

    ``name`` is the site's noun (it also names the session cookie: cookies do not mind ports),
    ``folder`` holds its templates and static files, ``refusals`` its own words for refusals.
    ``api_prefix`` is the path below which programs speak to it.
    """
    app = Flask(
        f"mock_sites.{name}",
        template_folder=str(folder / "templates"),
        static_folder=str(folder / "static"),
    )
    app.session_interface = SessionCookies()
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME=f"{name}_session",
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_BODY_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        BABEL_DEFAULT_TIMEZONE=HOME_ZONE,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["wording"] = {**wording.REFUSALS, **refusals}
    # Before the checks of key, token and form key, all of which come after.
    app.before_request(_reject_too_large)
    api_prefixes = (api_prefix, CONTROLS)
    app.before_request(_reject_unusable_address)
    app.before_request(partial(_reject_other_than_forms, api_prefixes))
    app.wsgi_app = CleanAddresses(app.wsgi_app, api_prefixes)  # type: ignore[method-assign]
    app.register_blueprint(_shared_pages())
    add_languages(app)
    CSRFProtect(app)
    app.add_template_filter(money_words, "money")
    app.add_template_filter(moment_words, "moment")
    app.add_template_filter(time_of_day, "time_of_day")
    app.add_template_filter(phone_words, "phone")
    app.add_template_global(get_locale, "locale")
    # A line that is only a block of a template leaves nothing in the page.
    app.jinja_env.lstrip_blocks = app.jinja_env.trim_blocks = True
    app.jinja_env.globals.update(page_has_errors=page_has_errors, first_to_fill=first_to_fill)
    app.jinja_env.globals.update(site_layout=f"{name}_layout.html", home_address="/")
    app.after_request(_add_headers)
    _answer_errors(app)
    return app


def money_words(money: Money, *, signed: bool = False) -> str:
    """An amount in the language of the page; ``signed`` puts a plus before a positive one."""
    return money.words(str(get_locale()), signed=signed)


def moment_words(moment: datetime, zone: str = HOME_ZONE) -> str:
    """A moment in the language of the page and a time zone: that of the buyers if none is named."""
    return _moment_in(get_locale(), moment, zone)


def time_of_day(moment: datetime) -> str:
    """The hours, minutes and seconds of a moment, in the zone of the buyers: ``17:04:30``."""
    return format_time(moment, "HH:mm:ss", tzinfo=get_timezone(HOME_ZONE), locale=get_locale())


@lru_cache(1024)
def _moment_in(locale: Locale, moment: datetime, zone: str) -> str:
    return format_datetime(moment, "medium", tzinfo=get_timezone(zone), locale=locale)


def phone_words(phone: str) -> str:
    """A phone number (E.164) as readers of the page's language write it."""
    return phone_in(get_locale().language, phone)


def _shared_pages() -> Blueprint:
    shared = Blueprint(
        "shared",
        __name__,
        template_folder=str(SHARED / "templates"),
        static_folder=str(SHARED / "static"),
        static_url_path="/shared",
    )
    shared.add_url_rule("/_health", "health", lambda: "ok")
    # By this a run sees that it may press what moves money.
    shared.add_url_rule(MARKER, "marker", lambda: (TEST_INSTANCE, {"Content-Type": "text/plain"}))
    return shared


def _reject_too_large() -> None:
    if is_too_large(request.environ):
        raise RequestEntityTooLarge


def shows_unusable(*names: str) -> Callable[[View], View]:
    """Mark a page that handles unusable values of these query parameters itself."""

    def mark(view: View) -> View:
        view.__shows_unusable__ = frozenset(names)  # type: ignore[attr-defined]
        return view

    return mark


def unusable_value(name: str) -> str | None:
    """Explain why a value was removed from the request's address; None if it was not."""
    environ = request.environ
    code = unusable_code(environ) if name in unusable_names(environ) else None
    return None if code is None else words_for(Refusal(code))


def _reject_unusable_address() -> tuple[str, int] | None:
    code, names = unusable_code(request.environ), unusable_names(request.environ)
    view = current_app.view_functions.get(request.endpoint or "")
    if code is None or (names and getattr(view, SHOWS, frozenset()).issuperset(names)):
        return None
    return error_page(400, words_for(Refusal(code)))


def _reject_other_than_forms(api_prefixes: tuple[str, ...]) -> None:
    """Pages take forms in UTF-8 only: other bodies are for the programs below ``api_prefixes``."""
    if request.path.startswith(api_prefixes):
        return
    if request.mimetype not in FORMS:
        raise UnsupportedMediaType
    if request.mimetype == FORMS[0]:
        try:
            unquote_to_bytes(request.get_data()).decode()
        except UnicodeDecodeError:
            raise BadRequest from None


def _add_headers(response: Response) -> Response:
    response.headers.extend(HEADERS)
    if request.endpoint not in ("static", "shared.static"):
        # The back button must ask again: a page from the cache could show an old state.
        response.headers["Cache-Control"] = "no-store"
    return response


def _answer_errors(app: Flask) -> None:
    @app.errorhandler(NotFound)
    def not_found(_error: NotFound) -> tuple[str, int]:
        return error_page(404)

    @app.errorhandler(CSRFError)
    def no_token(_error: CSRFError) -> AnyResponse | tuple[str, int]:
        # A site without accounts has nobody to sign in.
        if "people" in app.extensions and not current_user.is_authenticated:
            unauthorised: AnyResponse = app.login_manager.unauthorized()  # type: ignore[attr-defined]
            return unauthorised
        return error_page(400)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> AnyResponse | tuple[str, int]:
        if error.code is None or error.code < 400:
            return error.get_response()
        return error_page(error.code)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> tuple[str, int]:
        if not will_be_repeated():
            app.logger.error("a page failed: %s %s", request.method, request.path, exc_info=error)
        return error_page(500)


def error_page(status: int, advice: str | None = None) -> tuple[str, int]:
    """The page for an HTTP error; it says what to do next, in ``advice`` or in general words."""
    titles = {
        400: gettext("Invalid request"),
        404: gettext("Page not found"),
        405: gettext("This action is not allowed here"),
        413: gettext("Request too large"),
    }
    hints = {
        400: gettext(
            "This form is out of date. Nothing was changed. Go back, reload the page and send"
            " the form again."
        ),
        404: gettext("Check the address or go to the home page."),
    }
    title = titles.get(status, gettext("Something went wrong"))
    hint = advice or hints.get(status, gettext("No data was lost. Go back and try again."))
    return render_template("error.html", title=title, advice=hint, status=status), status


def bearer_token() -> str:
    """Return the token of the request's ``Authorization: Bearer …``; empty if there is none."""
    given = request.authorization
    return (given.token or "") if given is not None and given.type == "bearer" else ""


def require_token(routes: Blueprint, token: str, advice: str) -> None:
    """Require the token for all of ``routes``; without it they answer 401 and the advice."""

    @routes.before_request
    def check_token() -> tuple[AnyResponse, int] | None:
        if compare_digest(bearer_token().encode(), token.encode()):
            return None
        return jsonify(error=advice), 401

    answer_too_large_in_json(routes)


def answer_too_large_in_json(routes: Blueprint) -> None:
    """Make ``routes``, which are for programs, reject a body that is too large in JSON."""

    @routes.errorhandler(RequestEntityTooLarge)
    def too_large(_error: RequestEntityTooLarge) -> tuple[AnyResponse, int]:
        return jsonify(error=f"the body is larger than {LARGEST_BODY_BYTES} bytes"), 413


def redirect_after_post(address: str) -> AnyResponse:
    """Send the browser on with GET, so that a reload does not send the form again."""
    return redirect(address, 303)
