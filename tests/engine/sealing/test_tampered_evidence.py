"""Sealed evidence that somebody changed is refused, with the reason."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

from checkout_conformance.sealing.archive import digest_of_text
from checkout_conformance.sealing.envelope import PAYLOAD
from checkout_conformance.sealing.key_files import ENVELOPE, KeyCheck
from checkout_conformance.sealing.statement import MANIFEST
from checkout_conformance.sealing.verify import Refused, verify

RESULT = "results/1/7-result.json"
Entries = dict[str, bytes]


def entries_of(file: Path) -> Entries:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(entries: Entries, file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def listed_anew(entries: Entries) -> None:
    """Make a manifest that fits the entries, as a careful forger does."""
    files = {name: one for name, one in entries.items() if name not in (MANIFEST, ENVELOPE)}
    manifest = {
        name: {"sha256": digest_of_text(one), "size": len(one)} for name, one in files.items()
    }
    entries[MANIFEST] = json.dumps(manifest).encode()


def signed_anew(
    entries: Entries, signer: CryptoSigner, payload: str = PAYLOAD, **predicate: object
) -> None:
    """Sign as whoever has the key can, with another manifest and other words of the predicate."""
    listed_anew(entries)
    envelope = Envelope.from_dict(json.loads(entries[ENVELOPE]))
    statement = json.loads(envelope.payload)
    statement["subject"][0]["digest"]["sha256"] = digest_of_text(entries[MANIFEST])
    statement["predicate"].update(predicate)
    other = Envelope(json.dumps(statement).encode(), payload, {})
    other.sign(signer)
    entries[ENVELOPE] = json.dumps(other.to_dict()).encode()


def change_a_byte(entries: Entries) -> None:
    content = entries[RESULT]
    entries[RESULT] = content.replace(b'"passed"', b'"failed"', 1)


def change_the_picture(entries: Entries) -> None:
    entries["results/1/picture.webp"] = b"A picture"


def remove_a_scenario(entries: Entries) -> None:
    del entries[RESULT]


def remove_a_scenario_from_the_list_too(entries: Entries) -> None:
    del entries[RESULT]
    listed_anew(entries)


def add_a_result(entries: Entries) -> None:
    entries["results/1/9999-result.json"] = entries[RESULT]


def leave_the_folder(entries: Entries) -> None:
    entries["../outside.json"] = b"{}"


def grow_a_file(entries: Entries) -> None:
    entries[RESULT] = b" " * 50_000_000


def break_the_envelope(entries: Entries) -> None:
    entries[ENVELOPE] = entries[ENVELOPE][:100]


def remove_the_envelope(entries: Entries) -> None:
    del entries[ENVELOPE]


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (change_a_byte, "7-result.json was changed"),
        (change_the_picture, "picture.webp was changed"),
        (remove_a_scenario, "7-result.json is missing"),
        (remove_a_scenario_from_the_list_too, "manifest.json is not the one that was signed"),
        (add_a_result, "9999-result.json was added"),
        (leave_the_folder, "is no name of a file below a folder"),
        (grow_a_file, "7-result.json was changed"),
        (break_the_envelope, "the envelope cannot be read"),
        (remove_the_envelope, "statement.dsse.json is missing"),
    ],
)
def test_what_was_changed_is_refused(
    evidence: Path,
    signer: CryptoSigner,
    tmp_path: Path,
    tamper: Callable[[Entries], None],
    reason: str,
) -> None:
    entries = entries_of(evidence)
    tamper(entries)
    with pytest.raises(Refused, match=reason):
        verify(written(entries, tmp_path / "tampered.zip"), KeyCheck(signer.public_key))


def failed_in_truth(entries: Entries) -> None:
    """Let the results say that a scenario failed, and the verdict that all passed."""
    change_a_byte(entries)


def conforms_by_word_only(entries: Entries) -> None:
    document = json.loads(entries["conformance.json"])
    document["passed"] = 1
    entries["conformance.json"] = json.dumps(document).encode()


def judged_by_other_features(entries: Entries) -> None:
    text = entries["basis.json"].decode()
    [digest] = {json.loads(text)["files"]["features/glossary.toml"]}
    for name in ("basis.json", "results/1/basis.json"):
        entries[name] = entries[name].replace(digest.encode(), b"0" * 64)


def basis_of_its_own(entries: Entries) -> None:
    basis = json.loads(entries["basis.json"])
    basis["tools"]["pytest"] = "1.0"
    entries["basis.json"] = json.dumps(basis).encode()


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (failed_in_truth, "conformance.json does not follow from the results"),
        (remove_a_scenario, "conformance.json does not follow from the results"),
        (conforms_by_word_only, "conformance.json does not follow from the results"),
        (judged_by_other_features, "features/glossary.toml is another version"),
        (basis_of_its_own, "basis.json does not follow from the results"),
    ],
)
def test_not_even_the_holder_of_the_key_can_forge_a_verdict(
    evidence: Path,
    signer: CryptoSigner,
    tmp_path: Path,
    tamper: Callable[[Entries], None],
    reason: str,
) -> None:
    entries = entries_of(evidence)
    tamper(entries)
    signed_anew(entries, signer)
    with pytest.raises(Refused, match=reason):
        verify(written(entries, tmp_path / "forged.zip"), KeyCheck(signer.public_key))


def test_a_signed_result_that_does_not_follow_is_refused(
    evidence: Path, signer: CryptoSigner, tmp_path: Path
) -> None:
    entries = entries_of(evidence)
    signed_anew(entries, signer, failedTests=["W1.1"])
    with pytest.raises(Refused, match="the signed test result does not follow"):
        verify(written(entries, tmp_path / "forged.zip"), KeyCheck(signer.public_key))


def test_another_type_of_payload_is_refused(
    evidence: Path, signer: CryptoSigner, tmp_path: Path
) -> None:
    entries = entries_of(evidence)
    signed_anew(entries, signer, payload="text/plain")
    with pytest.raises(Refused, match="the envelope holds text/plain"):
        verify(written(entries, tmp_path / "forged.zip"), KeyCheck(signer.public_key))


def test_another_key_is_refused(evidence: Path) -> None:
    other = CryptoSigner.generate_ed25519()
    with pytest.raises(Refused, match="it is not signed by this key"):
        verify(evidence, KeyCheck(other.public_key))


def test_a_file_that_is_there_twice_is_refused(
    evidence: Path, signer: CryptoSigner, tmp_path: Path
) -> None:
    file = tmp_path / "twice.zip"
    file.write_bytes(evidence.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr(RESULT, b"{}")
    with pytest.raises(Refused, match="is in it twice"):
        verify(file, KeyCheck(signer.public_key))


def test_half_a_file_is_refused(evidence: Path, signer: CryptoSigner, tmp_path: Path) -> None:
    file = tmp_path / "half.zip"
    content = evidence.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    with pytest.raises(Refused, match="it is no zip file, or was cut off"):
        verify(file, KeyCheck(signer.public_key))
