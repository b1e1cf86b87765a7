"""Commands, options, paths and modules that README and docs name are there."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from checkout_conformance.cli import COMMANDS
from tests.support.documentation import ROOT, WRITTEN, code_in
from tools.docs.commands import subcommands, targets

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
ADDED = re.compile(r'(?:add_?(?:argument|option)|click\.option)\(\s*"(--[a-z-]+)"')
TOOLS = [
    "checkout_conformance",
    "mock_sites",
    "benchmarks",
    "targets",
    "tools",
    "tests/mock_sites",
]
# Installed, the content stands below the engine.
INSTALLED = "checkout_conformance.bundled."
# Options of pip, build, towncrier, Docker and of a library that a page speaks about.
OTHERS = {
    "--wheel",
    "--draft",
    "--version",
    "--upgrade",
    "--single-process",
    "--cucumberjson",
    "--build",
}
TOP = [path.name for path in ROOT.iterdir() if not path.name.startswith(".")]
PLACE = re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, TOP))})/[\w./-]*")
# What a run makes.
MADE = re.compile(r"reports/latest|dist/|benchmarks/\.cache|checkout_conformance/bundled")
MODULE = re.compile(r"\b(?:checkout_conformance|mock_sites|steps|tests|tools)(?:\.\w+)+")
LINK = re.compile(r"\]\(([^)#\s]+)")

pages = pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())


@pages
def test_every_target_of_make_that_a_page_names_is_there(page: Path) -> None:
    known = {name for name, _ in targets()}
    named = {name for line in code_in(page) for name in re.findall(r"\bmake ([a-z-]+)", line)}

    assert named <= known


@pages
def test_every_subcommand_that_a_page_names_is_there(page: Path) -> None:
    known = {" ".join(words) for words in subcommands()} | set(COMMANDS)
    own = r"(?:-m checkout_conformance|checkout-conformance) ((?:deviants|twins) [a-z]+|[a-z-]+)"
    named = {name for line in code_in(page) for name in re.findall(own, line)}

    assert named <= known


@pages
def test_every_option_that_a_page_names_is_there(
    page: Path, pytestconfig: pytest.Config, own_options: set[str]
) -> None:
    parser = pytestconfig._parser
    groups = [*parser._groups, parser._anonymous]
    known = {name for group in groups for option in group.options for name in option.names()}
    named = {option for line in code_in(page) for option in OPTION.findall(line)}

    assert named <= known | own_options | OTHERS


@pytest.fixture(scope="module")
def own_options() -> set[str]:
    """Every option that a command of this project has."""
    files = [file for folder in TOOLS for file in (ROOT / folder).rglob("*.py")]
    return {name for file in files for name in ADDED.findall(file.read_text(encoding="utf-8"))}


@pages
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    named = {place for line in code_in(page) for place in PLACE.findall(line)}
    missing = [name for name in named if not MADE.search(name) and not (ROOT / name).exists()]

    assert not missing


@pages
def test_every_module_that_a_page_names_is_there(page: Path) -> None:
    named = {name for line in code_in(page) for name in MODULE.findall(line)}

    assert not [name for name in named if not _is_there(name)]


def _is_there(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    name = name.removeprefix(INSTALLED)
    path = name.replace(".", "/")
    if (ROOT / path).exists() or (ROOT / f"{path}.py").exists():
        return True
    module, _, member = name.rpartition(".")
    found = find_spec(module)
    return bool(found and found.origin and member in Path(found.origin).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_file_that_a_page_outside_of_the_built_site_links_is_there(name: str) -> None:
    page = ROOT / name
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if ":" not in link]

    assert links
    assert not [link for link in links if not (page.parent / link).exists()]
