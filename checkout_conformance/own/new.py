"""``checkout-conformance new procedure ID``: the files of a procedure of the team's own."""

from __future__ import annotations

import re
import sys

import click

from checkout_conformance.clauses import read_clauses, read_procedures
from checkout_conformance.commands import SETTINGS, status_of
from checkout_conformance.own.scaffold import addition, write_new
from checkout_conformance.project import OWN_FILE
from checkout_conformance.statuses import Status
from checkout_conformance.team import Team, team

ID = re.compile(r"[A-Z]\d+")
NO_PROJECT = f"there is no {OWN_FILE} in this folder or above: `checkout-conformance init` first"


@click.group(context_settings=SETTINGS)
def command() -> None:
    """Add something to your project."""


@command.command("procedure")
@click.argument("id")
@click.option("--title", help="its title (default: a placeholder)")
def procedure(id: str, title: str | None) -> int:
    """Write the files of a procedure: clause, labels, feature, steps, page object.

    ID is a capital letter and a number, such as R1. What is written runs at once, on pages that
    mocks/ adds to the mock shop, with a deviant and a twin. Every part to replace says PLACEHOLDER.

    \b
    Exit status
      0  the files are written
      3  there is no project, the id is wrong or taken, or a file is there; nothing is written
    """
    own = team()
    if own is None:
        raise click.UsageError(NO_PROJECT)
    if not ID.fullmatch(id):
        raise click.UsageError(f"{id}: give a capital letter and a number, such as R1")
    if id in read_procedures():
        raise click.UsageError(f"{id}: there is a procedure of that id")
    words = {
        "ID": id,
        "id": id.lower(),
        "Class": f"{id}Page",
        "NAME": title or f"PLACEHOLDER the title of {id}",
        "DOCUMENT": own.table.name.upper(),
    }
    try:
        written = write_new("procedure", own.folder, words)
    except FileExistsError as taken:
        print(f"Nothing was written: {taken} is there.", file=sys.stderr)
        return Status.USAGE
    _append(own, words)
    for path in written:
        print(f"wrote {path}")
    print("added to features/clauses.toml and features/glossary.toml")
    print(f"\nNext:\n  checkout-conformance run --driver http -m {id}")
    print(f"  checkout-conformance deviants run {id.lower()}-is-never-done --driver http")
    print(f"  checkout-conformance twins run --only {id.lower()}-has-a-button --driver http")
    return Status.CONFORMS


def _append(own: Team, words: dict[str, str]) -> None:
    known = {clause.procedure.document.id for clause in read_clauses().values()}
    document = addition("document", words) if words["DOCUMENT"] not in known else ""
    for name, text in (
        ("clauses", document + addition("clauses", words)),
        ("glossary", addition("glossary", words)),
    ):
        with (own.features / f"{name}.toml").open("a", encoding="utf-8") as file:
            file.write(text)


def main(arguments: list[str] | None = None) -> int:
    """Run the subcommand; return the exit status."""
    return status_of(command, arguments, "new")
