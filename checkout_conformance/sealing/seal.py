"""``checkout-conformance seal``: pack a run into one signed file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from securesystemslib.signer import CryptoSigner

from checkout_conformance.commands import SETTINGS, status_of
from checkout_conformance.project import LATEST
from checkout_conformance.reporting.allure_html import ReportError, short
from checkout_conformance.reporting.basis import RECORD, basis_in
from checkout_conformance.reporting.command import judge_results
from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.options import at_least_option
from checkout_conformance.reporting.places import DOCUMENT, EVIDENCE, RESULTS, last_place
from checkout_conformance.reporting.selection import selection_in
from checkout_conformance.reporting.verdict_words import verdict_line
from checkout_conformance.sealing.archive import (
    ENVELOPE,
    digest_of_text,
    manifest_of,
    results_as_listed,
    write_archive,
)
from checkout_conformance.sealing.envelope import KeyFileError, sealed, signer_of
from checkout_conformance.sealing.statement import MANIFEST, statement_about
from checkout_conformance.statuses import Status


@click.command(context_settings=SETTINGS)
@click.argument("results", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="a private key in a PEM file",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="the file to write (default: evidence.zip beside the reports)",
)
@at_least_option
def command(results: tuple[Path, ...], key: Path, into: Path | None, at_least: int | None) -> int:
    """Pack a run into one signed file.

    It holds the results with their pictures, the verdict, and the digests of what the run was
    judged by. `verify` checks all of it. RESULTS are folders of Allure results; without them those
    of the last run.

    \b
    Exit status
      0  the file was written, whatever the verdict
      2  the results cannot be judged, or a file cannot be read or written
      3  an argument is wrong
    """
    place = last_place(LATEST) or LATEST
    file = into or place / EVIDENCE
    try:
        document = seal(results or [place / RESULTS], file, signer_of(key), at_least)
    except (KeyFileError, ReportError) as error:
        print(f"Not sealed: {error}", file=sys.stderr)
        return Status.CANNOT_TELL
    except OSError as error:
        print(f"Not sealed: {error.filename}: {error.strerror}", file=sys.stderr)
        return Status.CANNOT_TELL
    print(verdict_line(document))
    print(f"Sealed: {short(file)}")
    return Status.CONFORMS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status for the shell."""
    return status_of(command, arguments, "seal")


def seal(
    folders: Sequence[Path], into: Path, signer: CryptoSigner, at_least: int | None = None
) -> Conformance:
    """Write the results in these folders into one signed file; return their verdict.

    Raises ReportError if the results cannot be judged, and OSError.
    """
    document = judge_results(folders, at_least, selection_in(folders))
    basis = basis_in(folders)
    texts = {
        DOCUMENT: document.model_dump_json(indent=1).encode(),
        RECORD: basis.model_dump_json(indent=1).encode(),
    }
    files = results_as_listed(folders)
    manifest = manifest_of(files, texts)
    statement = statement_about(document, basis, digest_of_text(manifest))
    around = {MANIFEST: manifest, ENVELOPE: sealed(statement, signer).encode()}
    write_archive(into, files, {**texts, **around})
    return document
