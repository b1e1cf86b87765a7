"""``checkout-conformance export``: write a run's results for other tools."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from pydantic import ValidationError

from checkout_conformance.commands import SETTINGS, status_of
from checkout_conformance.exports.annotations import github_of, gitlab_of
from checkout_conformance.exports.ctrf import ctrf_of
from checkout_conformance.exports.error import ExportError
from checkout_conformance.exports.junit import junit_of
from checkout_conformance.project import LATEST
from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.places import CTRF, DOCUMENT, JUNIT, last_place
from checkout_conformance.statuses import Status


def _messages_of(document: Conformance) -> str:
    """Imported when it is asked for: a run does not need it."""
    from checkout_conformance.exports.messages import messages_of

    return messages_of(document)


# By name: the file that the results are written to, beside the document, and what makes its text.
FORMATS: dict[str, tuple[str, Callable[[Conformance], str]]] = {
    "junit": (JUNIT, junit_of),
    "ctrf": (CTRF, ctrf_of),
    "github": ("github-annotations.txt", github_of),
    "messages": ("cucumber-messages.ndjson", _messages_of),
    "gitlab": ("gl-code-quality-report.json", gitlab_of),
}
# What every run leaves.
ALWAYS = ("junit", "ctrf")
ON_STANDARD_OUTPUT = Path("-")


@click.command(context_settings=SETTINGS)
@click.argument("document", required=False, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "formats",
    multiple=True,
    type=click.Choice(list(FORMATS)),
    help="a format; may be given several times (default: junit and ctrf)",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="the folder to write into (default: that of the document); - prints one format",
)
def command(document: Path | None, formats: tuple[str, ...], into: Path | None) -> int:
    """Write the results of a run for other tools.

    DOCUMENT is the conformance.json of any run, an old one too; without it that of the last run.

    \b
    Formats
      junit     JUnit XML: a suite per procedure, a class per clause, a case per scenario
      ctrf      Common Test Report Format 1.0.0, JSON
      messages  Cucumber Messages, NDJSON: needs the features that were run
      github    workflow commands that mark a failed scenario's line: print them in a step
      gitlab    a code quality report that does the same in GitLab

    \b
    Exit status
      0  the files were written, whatever the verdict
      2  the document cannot be read, or a file cannot be written
      3  an argument is wrong
    """
    file = document or (last_place(LATEST) or LATEST) / DOCUMENT
    wanted = formats or ALWAYS
    if into == ON_STANDARD_OUTPUT and len(wanted) > 1:
        raise click.UsageError("--into - prints one format: give one --as")
    try:
        written = export(read_document(file), wanted, into or file.parent)
    except ExportError as error:
        print(f"Not exported: {error}", file=sys.stderr)
        return Status.CANNOT_TELL
    except OSError as error:
        print(f"Not exported: {error.filename}: {error.strerror}", file=sys.stderr)
        return Status.CANNOT_TELL
    for path in written:
        print(f"Written: {path}")
    return Status.CONFORMS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status for the shell."""
    return status_of(command, arguments, "export")


def export(document: Conformance, formats: Sequence[str], into: Path) -> list[Path]:
    """Write the document in these formats into a folder; return the files.

    The folder ``-`` prints instead. Raises OSError.
    """
    written = []
    for name in formats:
        file, make = FORMATS[name]
        if into == ON_STANDARD_OUTPUT:
            print(make(document), end="")
            continue
        into.mkdir(parents=True, exist_ok=True)
        (into / file).write_text(make(document), encoding="utf-8")
        written.append(into / file)
    return written


def read_document(file: Path) -> Conformance:
    """Return the document in a file. Raises ExportError and OSError."""
    try:
        return Conformance.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ExportError(
            f"{file} is no conformance.json of this version ({where}: {first['msg']})."
            " Make it again from the results: `checkout-conformance report RESULTS`."
        ) from None
