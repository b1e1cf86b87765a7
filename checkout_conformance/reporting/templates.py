"""The templates of the pages that a run leaves: each page is one file that loads nothing."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checkout_conformance.clauses import LANGUAGES
from checkout_conformance.project import REPORT_FILES
from checkout_conformance.reporting.kept_bytecode import KeptBytecode
from checkout_conformance.reporting.languages import words_in

TEMPLATES = REPORT_FILES / "templates"
SCRIPTS = ("search.js", "pictures.js")
# The pages in three languages are one template: compiling it takes longer than filling it.
COMPILED = KeptBytecode()


def environment(language: str = LANGUAGES[0]) -> Environment:
    """Jinja for a page in that language. A name that a template does not know is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED,
    )
    i18n: Any = made
    i18n.install_gettext_translations(words_in(language), newstyle=True)
    made.globals["style"] = style("conformance.css")
    made.globals["script"] = Markup("").join(map(style, SCRIPTS))
    made.filters["data_uri"] = data_uri
    made.filters["script_digest"] = script_digest
    return made


def style(name: str) -> Markup:
    """A style sheet or script of the templates, to be written into a page."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def script_digest(script: str) -> str:
    """The source expression by which a page's security policy allows this one script."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def data_uri(content: bytes, kind: str = "webp") -> str:
    """A picture as an address that holds it; ``kind`` is the subtype of ``image/…``."""
    return f"data:image/{kind};base64,{b64encode(content).decode()}"
