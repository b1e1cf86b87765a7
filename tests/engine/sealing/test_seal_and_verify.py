"""The commands seal and verify, and what other verifiers make of the file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from google.protobuf.json_format import Parse
from in_toto_attestation.v1.statement import Statement as ReferenceStatement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

from checkout_conformance.evidence.setting import Setting
from checkout_conformance.plan import read_plan
from checkout_conformance.reporting.basis import add_basis, basis_of
from checkout_conformance.sealing import seal as seal_command
from checkout_conformance.sealing import verify as verify_command
from checkout_conformance.sealing.key_files import ENVELOPE, KeyCheck, KeySigner
from checkout_conformance.sealing.seal import seal
from checkout_conformance.sealing.verify import verify
from tests.support.sample_results import IN_BROWSER, OVER_HTTP, write_result, write_whole_run

Keys = tuple[Path, Path]


def few_results(folder: Path, setting: Setting = IN_BROWSER) -> Path:
    for number, planned in enumerate(read_plan()[:3]):
        write_result(folder, number, planned, setting=setting)
    return folder


def statement_in(file: Path) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return Envelope.from_dict(json.loads(archive.read(ENVELOPE))).payload


def test_a_whole_run_that_passed_is_verified_as_one_that_conforms(
    key_files: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private, public = key_files
    folder, file = write_whole_run(tmp_path / "results"), tmp_path / "evidence.zip"
    add_basis(folder, basis_of())
    assert seal_command.main([str(folder), "--key", str(private), "--into", str(file)]) == 0
    predicate = json.loads(statement_in(file))["predicate"]
    assert predicate["result"] == "PASSED"
    assert "W1.6" in predicate["passedTests"]
    assert predicate["failedTests"] == predicate["warnedTests"] == []
    assert verify_command.main([str(file), "--key", str(public), "--must-conform"]) == 0
    assert capsys.readouterr().out.count("Conforms: ") == 2


def test_the_same_evidence_is_sealed_as_the_same_file(
    results: Path, evidence: Path, signer: CryptoSigner, tmp_path: Path
) -> None:
    seal([results], tmp_path / "again.zip", KeySigner(signer))
    assert (tmp_path / "again.zip").read_bytes() == evidence.read_bytes()


def test_the_reference_verifiers_accept_it(evidence: Path, signer: CryptoSigner) -> None:
    with zipfile.ZipFile(evidence) as archive:
        envelope = Envelope.from_dict(json.loads(archive.read(ENVELOPE)))
    assert envelope.verify([signer.public_key], threshold=1)
    message = Parse(envelope.payload, StatementMessage())
    ReferenceStatement.copy_from_pb(message).validate()


def test_the_statement_is_a_test_result(evidence: Path) -> None:
    statement = json.loads(statement_in(evidence))
    predicate = statement["predicate"]
    assert statement["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"
    assert predicate["result"] == "FAILED"
    names = {one["name"] for one in predicate["configuration"]}
    assert {"features/clauses.toml", "features/glossary.toml", "steps/payment.py"} <= names
    assert any(name.startswith("deviants/") for name in names)


def test_a_run_that_does_not_conform_is_verified_but_must_not_pass_for_one_that_does(
    key_files: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private, public = key_files
    folder = few_results(tmp_path / "results", OVER_HTTP)
    add_basis(folder, basis_of())
    file = tmp_path / "evidence.zip"
    assert seal_command.main([str(folder), "--key", str(private), "--into", str(file)]) == 0
    assert json.loads(statement_in(file))["predicate"]["result"] == "WARNED"
    assert verify_command.main([str(file), "--key", str(public)]) == 0
    assert verify_command.main([str(file), "--key", str(public), "--must-conform"]) == 1
    told = capsys.readouterr().out
    assert "Sealed: " in told
    assert told.count("Verified: ") == 2
    assert told.count("Not certified") == 3


def test_the_target_file_is_named_but_need_not_be_here(
    signer: CryptoSigner, tmp_path: Path
) -> None:
    target = tmp_path / "my-staging.toml"
    target.write_text('name = "ours"', encoding="utf-8")
    folder = few_results(tmp_path / "results")
    add_basis(folder, basis_of(target=target))
    seal([folder], tmp_path / "evidence.zip", KeySigner(signer))
    target.unlink()
    verify(tmp_path / "evidence.zip", KeyCheck(signer.public_key))
    names = [
        one["name"]
        for one in json.loads(statement_in(tmp_path / "evidence.zip"))["predicate"]["configuration"]
    ]
    assert "target file my-staging.toml" in names


def test_results_of_several_folders_are_sealed_together(
    results: Path, signer: CryptoSigner, tmp_path: Path
) -> None:
    second = few_results(tmp_path / "second", OVER_HTTP)
    add_basis(second, basis_of())
    seal([results, second], tmp_path / "evidence.zip", KeySigner(signer))
    document = verify(tmp_path / "evidence.zip", KeyCheck(signer.public_key))
    assert {run.browser for run in document.runs} == {"chromium", "http"}


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("none", "there is no folder"),
        ("empty", "no results in"),
        ("without basis", "which says what the results were judged by, cannot be read"),
    ],
)
def test_what_cannot_be_sealed_is_said(
    key_files: Keys,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    reason: str,
) -> None:
    (tmp_path / "empty").mkdir()
    few_results(tmp_path / "without basis")
    file = tmp_path / "evidence.zip"
    arguments = [str(tmp_path / folder), "--key", str(key_files[0]), "--into", str(file)]
    assert seal_command.main(arguments) == 2
    assert reason in capsys.readouterr().err
    assert not file.exists()


@pytest.mark.parametrize("place", [0, 1], ids=["private", "public"])
def test_a_key_of_the_wrong_kind_is_refused(
    results: Path,
    evidence: Path,
    key_files: Keys,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    place: int,
) -> None:
    wrong = str(key_files[1 - place])
    sealing = [str(results), "--key", wrong, "--into", str(tmp_path / "evidence.zip")]
    verifying = [str(evidence), "--key", wrong]
    status = verify_command.main(verifying) if place else seal_command.main(sealing)
    assert status == 2
    assert f"no {('private', 'public')[place]} key" in capsys.readouterr().err
