"""What a twin may do to a reference site: all that a deviant may, and more of the application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask, Response
from jinja2 import ChoiceLoader, DictLoader

from checkout_conformance.deviants.change import Change

HTML = "text/html"


class TwinChange(Change):
    """The changes of one twin; its whole templates are in the folder ``pages``."""

    def __init__(self, pages: Path) -> None:
        super().__init__()
        self._pages = pages

    def template(self, name: str, file: str) -> None:
        """Replace a whole template, or add one, by a file of the folder ``pages``."""
        source = (self._pages / file).read_text(encoding="utf-8")

        def add(app: Flask) -> None:
            assert app.jinja_env.loader is not None
            app.jinja_env.loader = ChoiceLoader([DictLoader({name: source}), app.jinja_env.loader])

        self.app(add)

    def answer(self, change: Callable[[Response], Response]) -> None:
        """Change every answer that is a page."""

        def add(app: Flask) -> None:
            @app.after_request
            def changed(response: Response) -> Response:
                return change(response) if response.mimetype == HTML else response

        self.app(add)

    def words(self, wording: Mapping[str, str]) -> None:
        """Give refusals other words, by their codes."""

        def add(app: Flask) -> None:
            assert wording.keys() <= app.extensions["wording"].keys()
            app.extensions["wording"] = {**app.extensions["wording"], **wording}

        self.app(add)

    def file(self, name: str, text: str) -> None:
        """Serve a style sheet or a script of the twin's own at ``/twin/<name>``."""
        kind = "text/css" if name.endswith(".css") else "text/javascript"

        def add(app: Flask) -> None:
            answer = lambda: Response(text, mimetype=kind)  # noqa: E731
            app.add_url_rule(f"/twin/{name}", f"twin_{name}".replace(".", "_"), answer)

        self.app(add)

    def head(self, tag: str) -> None:
        """Put a tag into the head of every page."""
        self.page("layout.html", "{% block head %}", f"{tag}{{% block head %}}")
