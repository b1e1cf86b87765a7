"""Evidence that Sigstore signed: checked by the official verifier against an instance of ours."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sigstore.oidc

from checkout_conformance.sealing import seal as seal_command
from checkout_conformance.sealing import verify as verify_command
from checkout_conformance.sealing.envelope import SigningError
from checkout_conformance.sealing.identities import BUNDLE, IdentityCheck, IdentitySigner
from checkout_conformance.sealing.seal import seal
from checkout_conformance.sealing.verify import Refused, verify
from tests.support.small_sigstore import ISSUER, WORKFLOW, SmallSigstore

Bundle = dict[str, Any]


@pytest.fixture(scope="module")
def instance() -> SmallSigstore:
    return SmallSigstore()


@pytest.fixture(scope="module")
def root(instance: SmallSigstore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return instance.write_root(tmp_path_factory.mktemp("sigstore") / "trusted_root.json")


@pytest.fixture(scope="module")
def signed(
    instance: SmallSigstore, results: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A run that Sigstore signed."""
    file = tmp_path_factory.mktemp("signed") / "evidence.zip"
    seal([results], file, instance)
    return file


@pytest.fixture
def check(root: Path) -> IdentityCheck:
    return IdentityCheck(WORKFLOW, ISSUER, root)


def test_what_the_workflow_signed_is_verified(
    signed: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    who = ["--identity", WORKFLOW, "--issuer", ISSUER, "--trusted-root", str(root)]
    assert verify_command.main([str(signed), *who]) == 0
    assert f"is signed by {WORKFLOW}, and its verdict follows" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("identity", "issuer"),
    [(WORKFLOW.replace("acme", "evil"), ISSUER), (WORKFLOW, "https://accounts.example")],
    ids=["another workflow", "another issuer"],
)
def test_another_signer_is_refused(signed: Path, root: Path, identity: str, issuer: str) -> None:
    with pytest.raises(Refused, match="it is not signed by"):
        verify(signed, IdentityCheck(identity, issuer, root))


def test_another_instance_is_refused(signed: Path, tmp_path: Path) -> None:
    other = SmallSigstore().write_root(tmp_path / "other.json")
    with pytest.raises(Refused, match=f"it is not signed by {WORKFLOW}"):
        verify(signed, IdentityCheck(WORKFLOW, ISSUER, other))


def change_the_result(bundle: Bundle) -> None:
    """Put another signed statement into the envelope."""
    bundle["dsseEnvelope"]["payload"] = bundle["dsseEnvelope"]["payload"][:-8] + "fX0="


def forget_the_log(bundle: Bundle) -> None:
    bundle["verificationMaterial"]["tlogEntries"] = []


def change_the_log(bundle: Bundle) -> None:
    [entry] = bundle["verificationMaterial"]["tlogEntries"]
    entry["integratedTime"] = str(int(entry["integratedTime"]) - 1)


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (change_the_result, "it is not signed by"),
        (forget_the_log, "the bundle cannot be read"),
        (change_the_log, "it is not signed by"),
    ],
)
def test_a_bundle_that_was_changed_is_refused(
    signed: Path,
    check: IdentityCheck,
    tmp_path: Path,
    tamper: Callable[[Bundle], None],
    reason: str,
) -> None:
    file = tmp_path / "tampered.zip"
    with zipfile.ZipFile(signed) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == BUNDLE:
                bundle = json.loads(content)
                tamper(bundle)
                content = json.dumps(bundle).encode()
            after.writestr(name, content)
    with pytest.raises(Refused, match=reason):
        verify(file, check)


def test_a_key_does_not_stand_for_an_identity(evidence: Path, check: IdentityCheck) -> None:
    with pytest.raises(Refused, match=f"{BUNDLE} is missing"):
        verify(evidence, check)


def test_keys_of_sigstore_that_cannot_be_read_are_no_refusal(
    signed: Path, check: IdentityCheck, tmp_path: Path
) -> None:
    with pytest.raises(SigningError, match="Sigstore's keys cannot be read"):
        verify(signed, replace(check, trusted_root=tmp_path / "none.json"))


def test_without_a_token_nothing_is_sealed(
    results: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sigstore.oidc, "detect_credential", lambda: None)
    file = tmp_path / "evidence.zip"
    assert seal_command.main([str(results), "--sigstore", "--into", str(file)]) == 2
    assert "there is no token that says who this is" in capsys.readouterr().err
    assert not file.exists()


def test_a_token_that_is_none_is_told_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sigstore.oidc, "detect_credential", lambda: "no-such-token")
    with pytest.raises(SigningError, match="the token of this job is not accepted") as failure:
        IdentitySigner().sign(b"{}")
    assert "no-such-token" not in str(failure.value)


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--identity", WORKFLOW],
        ["--key", "seal.pub.pem", "--identity", WORKFLOW, "--issuer", ISSUER],
    ],
)
def test_who_signed_is_asked_for_in_one_way(options: list[str]) -> None:
    assert verify_command.main(["evidence.zip", *options]) == 3


@pytest.mark.parametrize("options", [[], ["--key", "seal.pem", "--sigstore"]])
def test_a_seal_is_of_one_kind(options: list[str]) -> None:
    assert seal_command.main(options) == 3
