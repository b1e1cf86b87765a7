"""``checkout-conformance init``: a small project in an empty folder."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from checkout_conformance.commands import SETTINGS
from checkout_conformance.own.editor import editor_settings
from checkout_conformance.own.scaffold import write_new
from checkout_conformance.project import OWN_FILE, version
from checkout_conformance.statuses import Status

NAME = re.compile("[a-z][a-z0-9-]{0,29}")
# Where the editor looks for sentences: those of the project, and ours in its environment.
GLUE = ("steps/*.py", ".venv/lib/python3*/site-packages/checkout_conformance/bundled/steps/*.py")
NEXT = """
Next:
  checkout-conformance run --driver http    every procedure on the mock sites, without a browser
  checkout-conformance run                  the same in a browser; reports in reports/latest
  checkout-conformance new procedure R1     a procedure of your own
  checkout-conformance schema checkout      every key of checkout.toml"""


@click.command(context_settings=SETTINGS)
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--name", help="how reports call the project (default: the folder's name)")
def command(folder: Path, name: str | None) -> int:
    """Write a small project into FOLDER (default: the current one).

    It runs our procedures on the mock sites at once. In checkout.toml you describe your own sites;
    your own procedures live beside it, in the same reports and under the same guards.

    \b
    Exit status
      0  the project is written
      3  the name is wrong, or a file of the project is there; then nothing is written
    """
    name = name or _name_of(folder)
    if not NAME.fullmatch(name):
        raise click.UsageError(f"--name {name}: give small letters, digits and dashes")
    # Before there is another package called steps in the current folder.
    settings = editor_settings(GLUE)
    try:
        written = write_new("init", folder, {"name": name, "version": version()})
        (folder / ".vscode" / "settings.json").write_text(settings, encoding="utf-8")
    except FileExistsError as taken:
        print(f"Nothing was written: {taken} is there.", file=sys.stderr)
        return Status.USAGE
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return Status.CANNOT_TELL
    print(f"Wrote {len(written) + 1} files; {folder / OWN_FILE} says what is tested.")
    print(f"\nFirst: cd {folder}" if folder != Path() else "", end="")
    print(NEXT)
    return Status.CONFORMS


def _name_of(folder: Path) -> str:
    """Return the folder's name as a project's name: small letters, digits, dashes."""
    found = re.sub("[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    return found[:30] if NAME.fullmatch(found[:30]) else "checkout"
