"""The reference of commands and options, as they print them."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from inspect import signature

import click
import pytest
from _pytest.config.argparsing import Parser

from checkout_conformance import plugin
from checkout_conformance.cli import COMMANDS, command, main
from checkout_conformance.project import ROOT
from tools.docs.markdown import block, code, escape, table


def commands_page() -> str:
    """Every command with its options, as it prints them, and every target of make."""
    lines = [
        "# Commands and options\n",
        "In a checkout, write `.venv/bin/python -m checkout_conformance …` instead of"
        " `checkout-conformance …`.\n",
        "## make { #make }\n",
        table(["Command", "What it does"], [[code(f"make {n}"), escape(w)] for n, w in targets()]),
    ]
    for words in subcommands():
        lines += [
            f"## checkout-conformance {' '.join(words)} {{ #{'-'.join(words)} }}\n",
            block(help_of(words).replace(str(ROOT) + "/", "")),
        ]
    lines += ["## Options for pytest { #pytest }\n"]
    lines += ["`run` and `make accept` pass these on to pytest.\n"]
    lines += [table(["Option", "What it does"], pytest_options())]
    return "\n".join(lines)


def targets() -> list[tuple[str, str]]:
    """The targets of the Makefile that explain themselves."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z-]+):.*?## (.+)$", text, flags=re.MULTILINE)


def subcommands() -> list[list[str]]:
    """Every subcommand; deviants, twins and new have subcommands of their own."""
    return [words for name in COMMANDS for words in _of_command(name)]


def _of_command(name: str) -> list[list[str]]:
    found = command.get_command(click.Context(command), name)
    return [[name, own] for own in found.commands] if isinstance(found, click.Group) else [[name]]


def help_of(words: list[str]) -> str:
    """What the subcommand prints for ``--help``."""
    printed = io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(printed),
        redirect_stderr(printed),
    ):
        patch.setenv("COLUMNS", "90")
        main([*words, "--help"])
    return printed.getvalue()


def pytest_options() -> list[list[str]]:
    """The options that the engine and this project add to pytest."""
    parser = Parser(_ispytest=True)
    for name in plugin.PLUGINS:
        add = getattr(import_module(name), "pytest_addoption", None)
        # One that takes no parser adds no option.
        if add and signature(add).parameters:
            add(parser)
    options = [option for group in [*parser._groups, parser._anonymous] for option in group.options]
    return [[code(", ".join(o.names())), escape(str(o.attrs().get("help", "")))] for o in options]
