"""What a deviant may do to a reference site: replace a rule, a route, a word, a piece of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import CodeType, FunctionType
from typing import Any
from unittest.mock import patch

from flask import Flask
from jinja2 import BaseLoader, Environment

from checkout_conformance.deviants.deviant import DeviantError

Wrapper = Callable[[Any], Any]


class ChangeError(DeviantError):
    """A deviant would change what is not there: the reference site is no longer as it knew it."""


class Change:
    """The changes of one deviant. Rules change at once, pages and routes once the site is made."""

    def __init__(self) -> None:
        self._rules: list[tuple[Any, str, Any]] = []
        self._pieces: dict[str, list[tuple[str, str]]] = {}
        self._routes: dict[str, Wrapper] = {}
        self._codes: list[tuple[FunctionType, CodeType]] = []
        self._sources: dict[str, tuple[str, str]] = {}
        self._apps: list[Callable[[Flask], None]] = []

    def rule(self, owner: Any, name: str, instead: Any) -> None:
        """Give a function, a method or a constant of ``owner`` (a class, a module) another value.

        Raises ChangeError if there is none of that name, or if the name is private: deviants use
        the public names of the sites, so that the sites may change inside.
        """
        if name.startswith("_") and not name.startswith("__"):
            raise ChangeError(f"{name} is private: make what a deviant replaces public")
        if not hasattr(owner, name):
            raise ChangeError(f"{getattr(owner, '__name__', owner)} has no {name}")
        self._rules.append((owner, name, instead))

    def wrap(self, owner: Any, name: str, wrapper: Wrapper) -> None:
        """The same, where the new one needs the old: ``wrapper`` takes it and gives the new one."""
        self.rule(owner, name, wrapper(getattr(owner, name, None)))

    def page(self, template: str, piece: str, instead: str = "") -> None:
        """Replace a piece of a template, everywhere in it; without ``instead`` it is missing."""
        self._pieces.setdefault(template, []).append((piece, instead))

    def route(self, endpoint: str, wrapper: Wrapper) -> None:
        """Replace the function that answers at an endpoint; ``wrapper`` takes the old one."""
        self._routes[endpoint] = wrapper

    def code(self, function: FunctionType, instead: CodeType) -> None:
        """Give a function other code, wherever it is called from; generated deviants do."""
        self._codes.append((function, instead))

    def source(self, template: str, source: str, instead: str) -> None:
        """Replace the whole ``source`` of a template; it must be what the site has."""
        self._sources[template] = source, instead

    def app(self, change: Callable[[Flask], None]) -> None:
        """Change anything else of the site once it is made: a setting, its answers."""
        self._apps.append(change)

    @contextmanager
    def of_rules(self) -> Iterator[None]:
        """The rules are changed while the block runs."""
        with ExitStack() as changes:
            for owner, name, instead in self._rules:
                changes.enter_context(patch.object(owner, name, instead))
            for function, code in self._codes:
                changes.enter_context(_other_code(function, code))
            yield

    def of_site(self, app: Flask) -> None:
        """Change the pages and the routes of a site that has just been made."""
        for endpoint, wrapper in self._routes.items():
            if endpoint not in app.view_functions:
                raise ChangeError(f"the site answers at no endpoint {endpoint}")
            app.view_functions[endpoint] = wrapper(app.view_functions[endpoint])
        if self._pieces or self._sources:
            app.jinja_env.loader = _ChangedPages(app.jinja_env, self._pieces, self._sources)
        for change in self._apps:
            change(app)


@contextmanager
def _other_code(function: FunctionType, code: CodeType) -> Iterator[None]:
    own, function.__code__ = function.__code__, code
    try:
        yield
    finally:
        function.__code__ = own


class _ChangedPages(BaseLoader):
    """A loader in front of the site's own, which changes what that one finds."""

    def __init__(
        self,
        pages: Environment,
        pieces: dict[str, list[tuple[str, str]]],
        sources: dict[str, tuple[str, str]],
    ) -> None:
        assert pages.loader is not None
        self._site = pages.loader
        self._pieces = pieces
        self._sources = sources
        for template in (*pieces, *sources):
            self.get_source(pages, template)

    def get_source(self, environment: Environment, template: str) -> Any:
        """The template as the deviant has it. Raises ChangeError where a piece is not in it."""
        source, file, is_current = self._site.get_source(environment, template)
        was, instead = self._sources.get(template, (source, source))
        if was != source:
            raise ChangeError(f"{template} is another one than the deviant was made from")
        source = instead
        for piece, instead in self._pieces.get(template, ()):
            if piece not in source:
                raise ChangeError(f"{template} has no {piece!r}")
            source = source.replace(piece, instead)
        return source, file, is_current
