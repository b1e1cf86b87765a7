"""``checkout-conformance seal``: pack a run into one signed file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

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
    digest_of_text,
    manifest_of,
    results_as_listed,
    write_archive,
)
from checkout_conformance.sealing.envelope import Signer, SigningError, sealed
from checkout_conformance.sealing.identities import IdentitySigner
from checkout_conformance.sealing.key_files import signer_of
from checkout_conformance.sealing.statement import MANIFEST, statement_about
from checkout_conformance.statuses import Status


@click.command(context_settings=SETTINGS)
@click.argument("results", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="a private key in a PEM file",
)
@click.option(
    "--sigstore",
    is_flag=True,
    help="sign by Sigstore as this CI job, without a key; its name is then public",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="the file to write (default: evidence.zip beside the reports)",
)
@at_least_option
def command(
    results: tuple[Path, ...],
    key: Path | None,
    sigstore: bool,
    into: Path | None,
    at_least: int | None,
) -> int:
    """Pack a run into one signed file. Give --key or --sigstore.

    It holds the results with their pictures, the verdict, and the digests of what the run was
    judged by. `verify` checks all of it. RESULTS are folders of Allure results; without them those
    of the last run.

    \b
    Exit status
      0  the file was written, whatever the verdict
      2  the results cannot be judged or signed, or a file cannot be read or written
      3  an argument is wrong
    """
    if (key is None) != sigstore:
        raise click.UsageError("give either --key FILE or --sigstore.")
    place = last_place(LATEST) or LATEST
    file = into or place / EVIDENCE
    try:
        signer = signer_of(key) if key else IdentitySigner()
        document = seal(results or [place / RESULTS], file, signer, at_least)
    except (SigningError, ReportError) as error:
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
    folders: Sequence[Path], into: Path, signer: Signer, at_least: int | None = None
) -> Conformance:
    """Write the results in these folders into one signed file; return their verdict.

    Raises ReportError if the results cannot be judged, SigningError, and OSError.
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
    around = {MANIFEST: manifest, signer.entry: sealed(statement, signer)}
    write_archive(into, files, {**texts, **around})
    return document
