"""The languages of the pages: which there are, how one is chosen, and where its words are.

The words lie in ``translations/<language>/LC_MESSAGES/messages.po`` and are read as they are:
there is no compiled copy that could be an old one.
"""

from __future__ import annotations

from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, redirect, request, session
from flask_babel import Babel, Domain, get_locale
from werkzeug.wrappers import Response

CATALOGUES = Path(__file__).parent / "translations"
# What a visitor can switch a site to, each by its own name.
LANGUAGES = {"en": "English", "ru": "Русский", "ar": "العربية"}
# The language that the pages are written in: it needs no catalogue.
SOURCE_LANGUAGE = "en"


def add_languages(app: Flask) -> None:
    """Add the choice of language to ``app``: ``?language=`` on any page.

    Until one is chosen, the pages are in the language that the browser asks for.
    """
    _SiteBabel(app, locale_selector=lambda: session.get("language") or _language_of_browser())
    app.before_request(_switch_language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: words_of_page().ugettext(text),
        ngettext=lambda one, more, n: words_of_page().ungettext(one, more, n),
        pgettext=lambda context, text: words_of_page().upgettext(context, text),
        newstyle=True,
    )
    # Jinja's own _ looks gettext up with each text.
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]
    app.jinja_env.globals.update(languages=LANGUAGES, address_in=_address_in)


@cache
def catalogue(language: str) -> NullTranslations:
    """The words of a language; the source's own if it has no catalogue."""
    file = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as words:
        write_mo(compiled, read_po(words, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def words_of_page() -> NullTranslations:
    """The words of the language that the page is in; the source's own if there is no page."""
    if not has_request_context():
        return catalogue(SOURCE_LANGUAGE)
    return catalogue(get_locale().language)


class _Catalogues(Domain):
    """Flask-Babel's view of the catalogues."""

    def get_translations(self) -> NullTranslations:
        """The words of the language that the page is in."""
        return words_of_page()


class _SiteBabel(Babel):
    """Flask-Babel with these catalogues in place of compiled ones."""

    @cached_property
    def domain_instance(self) -> _Catalogues:
        """The domain in which texts are looked up."""
        return _Catalogues()


def _language_of_browser() -> str:
    return request.accept_languages.best_match(LANGUAGES, SOURCE_LANGUAGE)


def _switch_language() -> Response | None:
    """Keep the language that ``?language=`` chooses for the session, and show the page in it."""
    if request.method != "GET" or request.args.get("language") not in LANGUAGES:
        return None
    session["language"] = request.args["language"]
    return redirect(_address_of_page(), 303)


def _address_in(language: str) -> str:
    """The address that shows this very page in another language."""
    return _address_of_page(language=language)


def _address_of_page(**more: str) -> str:
    query = [pair for pair in request.args.items(multi=True) if pair[0] != "language"]
    query += more.items()
    # One slash only: two at the beginning would name another host.
    path = "/" + quote(request.path.lstrip("/"))
    return f"{path}?{urlencode(query)}" if query else path
