"""A site that a project adds to the stack: a package in a folder of the site's name.

Its function ``create(site)`` adds pages, programs' routes and test controls to an
:class:`AddedSite`, which has what every site of the stack has.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from flask import Blueprint, Flask
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy.orm import DeclarativeBase

from ..runtime.clock import Clock
from ..runtime.database import Database
from ..runtime.extensions import Create, ExtensionError
from ..runtime.settings import StackSettings
from ..runtime.site import Site
from ..runtime.worker import Worker
from ..web.openapi import Operation
from ..web.web import create_site
from .control import add_controls, create_controls
from .fault_middleware import add_fault_middleware
from .faults import Faults

# Programs speak to the site below it.
API_PREFIX = "/api/"
# The package that a project's own folders are imported from, as the engine does it.
PROJECT = "checkout_project"
LAYOUT = """{{% extends "layout.html" %}}{{% block site %}}{title}{{% endblock %}}
"""


class NoTables(DeclarativeBase):
    """The tables of a site that keeps nothing."""


@dataclass
class AddedSite:
    """A site without pages, for the project's ``create``."""

    name: str
    # Pages; they take forms with a form key, as on every site.
    app: Flask
    # Routes below /api for programs: they take any body, and need no form key.
    api: Blueprint
    # Routes below /_control for tests. They are served only if the stack has test controls.
    controls: Blueprint
    # The stack's clock: a test may move it.
    clock: Clock
    # The addresses of the other sites (public_url, internal_url) and the keys.
    stack: StackSettings
    workers: list[Worker] = field(default_factory=list)
    _database: Database | None = field(default=None, init=False, repr=False)

    def database(self, tables: type[DeclarativeBase]) -> Database:
        """Open the site's own database with these tables; call it once."""
        self._database = Database(
            self.stack.database_url(self.name), tables, self.stack.database_schema
        )
        return self._database

    def made(self) -> Site:
        """The site, ready to be served."""
        database = self._database or self.database(NoTables)
        return Site(self.app, database, tuple(self.workers))


def added_site(folder: Path) -> Create:
    """Return the function that makes the site of a package, which is imported when it is called.

    That function raises ExtensionError if the package cannot be imported or raises an error.
    """

    def create(stack: StackSettings, clock: Clock) -> Site:
        try:
            return _create(folder, stack, clock)
        except Exception as error:
            raise ExtensionError(
                f"{folder} cannot make the site {folder.name}: {type(error).__name__}: {error}"
            ) from error

    return create


def _create(folder: Path, stack: StackSettings, clock: Clock) -> Site:
    package = _imported(folder)
    app, faults = _bare(folder.name, folder, stack), Faults()
    api = Blueprint("api", package.__name__, url_prefix=API_PREFIX.rstrip("/"))
    controls = create_controls(stack.keys.control_token, clock, faults)
    site = AddedSite(folder.name, app, api, controls, clock, stack)
    package.create(site)
    app.extensions["csrf"].exempt(api)
    app.register_blueprint(api)
    if stack.controls:
        add_controls(app, controls)
        _describe(app)
        add_fault_middleware(app, API_PREFIX, faults)
    return site.made()


def _bare(name: str, folder: Path, stack: StackSettings) -> Flask:
    """A site without pages, whose layout is the shared one unless its templates have another."""
    app = create_site(name, folder, stack.keys.site_secrets[name], {}, API_PREFIX)
    layout = {f"{name}_layout.html": LAYOUT.format(title=name.capitalize())}
    own: Any = app.jinja_env.loader
    app.jinja_env.loader = ChoiceLoader([own, DictLoader(layout)])
    return app


def _describe(app: Flask) -> None:
    """Describe the project's controls by their docstrings, for the description of all controls."""
    views: dict[str, Any] = app.view_functions
    for endpoint, view in views.items():
        if endpoint.startswith("control.") and not hasattr(view, "__operation__"):
            summary = (view.__doc__ or endpoint).strip().splitlines()[0]
            view.__operation__ = Operation(summary, Any)


def _imported(folder: Path) -> ModuleType:
    """Import the package by the name by which the modules of the project import it."""
    if PROJECT not in sys.modules:
        spec = ModuleSpec(PROJECT, None, is_package=True)
        spec.submodule_search_locations = [str(folder.parent.parent)]
        sys.modules[PROJECT] = module_from_spec(spec)
    return import_module(f"{PROJECT}.{folder.parent.name}.{folder.name}")
