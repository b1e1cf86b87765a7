"""``checkout-conformance new``: the files of a procedure, or of a mock site, of the team's own."""

from __future__ import annotations

import re
import sys

import click

from checkout_conformance.clauses import read_clauses, read_procedures
from checkout_conformance.commands import SETTINGS, status_of
from checkout_conformance.content import SITE_NAME, site_names
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
@click.option("--site", default="shop", show_default=True, help="the site of its pages")
def procedure(id: str, title: str | None, site: str) -> int:
    """Write the files of a procedure: clause, labels, feature, steps, page object.

    ID is a capital letter and a number, such as R1. What is written runs at once, on pages that
    mocks/ adds to the mock site, with a deviant and a twin. Every part to replace says PLACEHOLDER.

    \b
    Exit status
      0  the files are written
      3  there is no project, the id is wrong or taken, there is no such site, or a file is there;
         nothing is written
    """
    own = _project()
    if not ID.fullmatch(id):
        raise click.UsageError(f"{id}: give a capital letter and a number, such as R1")
    if id in read_procedures():
        raise click.UsageError(f"{id}: there is a procedure of that id")
    if site not in site_names():
        raise click.UsageError(f"there is no site {site}, only: {', '.join(site_names())}")
    words = {
        "ID": id,
        "id": id.lower(),
        "Class": f"{id}Page",
        "NAME": title or f"PLACEHOLDER the title of {id}",
        "DOCUMENT": own.table.name.upper(),
        "SITE": site,
    }
    if not _written("procedure", own, words):
        return Status.USAGE
    _append(own, words)
    print("added to features/clauses.toml and features/glossary.toml")
    print(f"\nNext:\n  checkout-conformance run --driver http -m {id}")
    print(f"  checkout-conformance deviants run {id.lower()}-is-never-done --driver http")
    print(f"  checkout-conformance twins run --only {id.lower()}-has-a-button --driver http")
    return Status.CONFORMS


@command.command("site")
@click.argument("name")
def site(name: str) -> int:
    """Write a mock site of your own, which is served with ours.

    NAME is its name: small letters and digits. It is also the first part of its address, such as
    parcels.localhost.

    \b
    Exit status
      0  the site is written
      3  there is no project, the name is wrong or one of ours, or the site is there
    """
    own = _project()
    if not SITE_NAME.fullmatch(name):
        raise click.UsageError(f"{name}: give small letters and digits")
    if name in site_names():
        raise click.UsageError(f"{name}: there is a site of that name")
    if not _written("site", own, {"NAME": name}):
        return Status.USAGE
    print(f'\nNext:\n  add "{name}" to the sites of [mocks] in {OWN_FILE}')
    print(f"  checkout-conformance serve\n  checkout-conformance new procedure R1 --site {name}")
    return Status.CONFORMS


def _project() -> Team:
    own = team()
    if own is None:
        raise click.UsageError(NO_PROJECT)
    return own


def _written(kind: str, own: Team, words: dict[str, str]) -> bool:
    """Write the files of a kind and print their paths; whether none was there."""
    try:
        written = write_new(kind, own.folder, words)
    except FileExistsError as taken:
        print(f"Nothing was written: {taken} is there.", file=sys.stderr)
        return False
    for path in written:
        print(f"wrote {path}")
    return True


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
