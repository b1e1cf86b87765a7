"""``checkout-conformance verify``: check a sealed run, and recompute its verdict."""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click
from pydantic import BaseModel, ValidationError

from checkout_conformance.commands import SETTINGS, status_of
from checkout_conformance.project import ROOT
from checkout_conformance.reporting.allure_html import ReportError
from checkout_conformance.reporting.basis import RECORD, Basis, basis_in, basis_of
from checkout_conformance.reporting.command import judge_results
from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.places import DOCUMENT
from checkout_conformance.reporting.selection import selection_in
from checkout_conformance.reporting.verdict_words import verdict_line
from checkout_conformance.sealing.archive import (
    Archive,
    ArchiveError,
    digest_of_text,
    results_in,
)
from checkout_conformance.sealing.envelope import (
    EnvelopeError,
    SignatureCheck,
    SigningError,
    opened,
)
from checkout_conformance.sealing.identities import IdentityCheck
from checkout_conformance.sealing.key_files import check_by
from checkout_conformance.sealing.statement import MANIFEST, Statement, predicate_of
from checkout_conformance.statuses import Status

Model = TypeVar("Model", bound=BaseModel)
# How many files that differ are named.
NAMED = 3


class Refused(Exception):
    """Sealed evidence that does not hold. The message says what is wrong with it."""


@click.command(context_settings=SETTINGS)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="the public key in a PEM file",
)
@click.option(
    "--identity", metavar="NAME", help="who signed by Sigstore: the address of a workflow"
)
@click.option("--issuer", metavar="URL", help="who vouches for that name: the CI's token service")
@click.option(
    "--trusted-root",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Sigstore's keys in a file, for a private instance (default: the public one's)",
)
@click.option("--must-conform", is_flag=True, help="fail if the run does not conform, too")
def command(
    file: Path,
    key: Path | None,
    identity: str | None,
    issuer: str | None,
    trusted_root: Path | None,
    must_conform: bool,
) -> int:
    """Verify FILE, which `seal` wrote, and recompute its verdict.

    Give --key or, if it was signed by Sigstore, --identity and --issuer.

    Checks the signature and every digest, that the run was judged by the features that are here,
    and that the verdict follows from the results.

    \b
    Exit status
      0  all of that holds, whatever the verdict
      1  something does not hold or, with --must-conform, the run does not conform
      2  the file or the key cannot be read
      3  an argument is wrong
    """
    try:
        check = _check(key, identity, issuer, trusted_root)
        document = verify(file, check)
    except SigningError as error:
        print(f"Not verified: {error}", file=sys.stderr)
        return Status.CANNOT_TELL
    except OSError as error:
        print(f"Not verified: {error.filename}: {error.strerror}", file=sys.stderr)
        return Status.CANNOT_TELL
    except Refused as reason:
        print(f"Not verified: {reason}", file=sys.stderr)
        return Status.DOES_NOT_CONFORM
    print(f"Verified: {file} is signed by {check.signed_by}, and its verdict follows from it.")
    print(verdict_line(document))
    is_enough = document.is_good or not must_conform
    return Status.CONFORMS if is_enough else Status.DOES_NOT_CONFORM


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status for the shell."""
    return status_of(command, arguments, "verify")


def _check(
    key: Path | None, identity: str | None, issuer: str | None, trusted_root: Path | None
) -> SignatureCheck:
    """Return the check that the options ask for. Raises UsageError and SigningError."""
    if key and not (identity or issuer or trusted_root):
        return check_by(key)
    if identity and issuer and not key:
        return IdentityCheck(identity, issuer, trusted_root)
    raise click.UsageError("give either --key FILE, or --identity NAME and --issuer URL.")


def verify(file: Path, check: SignatureCheck, root: Path = ROOT) -> Conformance:
    """Return the verdict of sealed evidence, which follows from its results.

    Raises Refused if anything in it does not hold, SigningError if the signature cannot be
    checked, and OSError if the file cannot be opened.
    """
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder)
        try:
            statement = _extracted(file, check, into)
            _require_same_basis(basis_in(results_in(into)), into, root)
            return _recomputed(into, statement)
        except (ArchiveError, EnvelopeError, ReportError) as error:
            raise Refused(str(error).replace(f"{into}/", "")) from None
        except zipfile.BadZipFile:
            raise Refused("it is no zip file, or was cut off") from None


def _extracted(file: Path, check: SignatureCheck, into: Path) -> Statement:
    """The signed statement; every file of the archive is then in the folder ``into``."""
    with zipfile.ZipFile(file) as packed:
        archive = Archive(packed)
        statement = opened(archive.start(check.entry), check)
        manifest = archive.start(MANIFEST)
        if statement.subject[0].digest.sha256 != digest_of_text(manifest):
            raise Refused(f"{MANIFEST} is not the one that was signed")
        archive.extract(archive.listed(manifest, check.entry), into)
    return statement


def _require_same_basis(recorded: Basis, into: Path, root: Path) -> None:
    stored = _stored(into, RECORD, Basis)
    if stored != recorded:
        raise Refused(f"{RECORD} does not follow from the results")
    differences = list(recorded.differences(basis_of(root)))
    if differences:
        more = [f"and {len(differences) - NAMED} more"] if len(differences) > NAMED else []
        listed = "; ".join([*differences[:NAMED], *more])
        raise Refused(
            f"it was judged by other features than those here: {listed}."
            " Use the version of the project that made it."
        )


def _recomputed(into: Path, statement: Statement) -> Conformance:
    stored, folders = _stored(into, DOCUMENT, Conformance), results_in(into)
    document = judge_results(folders, stored.at_least, selection_in(folders))
    if stored != document:
        raise Refused(
            f"{DOCUMENT} does not follow from the results: {next(_differences(stored, document))}"
        )
    if statement.predicate != predicate_of(document, basis_in(folders)):
        raise Refused("the signed test result does not follow from the results")
    return document


def _stored(into: Path, name: str, model: type[Model]) -> Model:
    try:
        return model.model_validate_json((into / name).read_bytes())
    except (OSError, ValidationError):
        raise Refused(f"{name} is missing or cannot be read") from None


def _differences(stored: Conformance, document: Conformance) -> Iterator[str]:
    there = {clause.id: clause.verdict for clause in document.clauses}
    for clause in stored.clauses:
        if clause.verdict != there.get(clause.id):
            yield f"{clause.id} is told as {clause.verdict}, and was {there.get(clause.id)}"
    if stored.conforms != document.conforms:
        yield f"conforms is told as {stored.conforms}, and was {document.conforms}"
    for name in type(stored).model_fields:
        if getattr(stored, name) != getattr(document, name):
            yield f"{name} differs"
