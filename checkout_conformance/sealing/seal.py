"""Pack a run into one signed file: ``checkout-conformance seal --key PRIVATE.pem [RESULTS …]``.

The file holds the results with their pictures, the verdict, and the digests of what the run was
judged by. ``checkout-conformance verify`` checks all of it. The exit status is 0 if the file was
written, whatever the verdict, else 2.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from securesystemslib.signer import CryptoSigner

from checkout_conformance.project import LATEST
from checkout_conformance.reporting.allure_html import ReportError, short
from checkout_conformance.reporting.command import judge_results
from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.options import add_at_least
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
from checkout_conformance.sealing.basis import RECORD, basis_in
from checkout_conformance.sealing.envelope import KeyFileError, sealed, signer_of
from checkout_conformance.sealing.statement import MANIFEST, statement_about

WRITTEN, CANNOT = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sealed file, say where it is, and return the exit status for the shell."""
    options = _options(arguments)
    place = last_place(LATEST) or LATEST
    folders: list[Path] = options.results or [place / RESULTS]
    into: Path = options.into or place / EVIDENCE
    try:
        document = seal(folders, into, signer_of(options.key), options.at_least)
    except (KeyFileError, ReportError) as error:
        print(f"Not sealed: {error}", file=sys.stderr)
        return CANNOT
    except OSError as error:
        print(f"Not sealed: {error.filename}: {error.strerror}", file=sys.stderr)
        return CANNOT
    print(verdict_line(document))
    print(f"Sealed: {short(into)}")
    return WRITTEN


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


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="checkout-conformance seal", description=__doc__)
    parser.add_argument(
        "results", nargs="*", type=Path, help="folders of Allure results (default: the last run's)"
    )
    parser.add_argument(
        "--key", type=Path, required=True, metavar="FILE", help="a private key in a PEM file"
    )
    parser.add_argument(
        "--into", type=Path, metavar="FILE", help="the file to write (default: beside the reports)"
    )
    add_at_least(parser)
    return parser.parse_args(arguments)
