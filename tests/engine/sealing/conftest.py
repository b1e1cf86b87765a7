from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from securesystemslib.signer import CryptoSigner

from checkout_conformance.plan import read_plan
from checkout_conformance.reporting.basis import add_basis, basis_of
from checkout_conformance.sealing.key_files import KeySigner
from checkout_conformance.sealing.seal import seal
from tests.support.sample_results import write_result


@pytest.fixture(scope="package")
def signer() -> CryptoSigner:
    return CryptoSigner.generate_ed25519()


@pytest.fixture(scope="package")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that ended after ten scenarios, which passed, with a picture."""
    folder = tmp_path_factory.mktemp("run") / "results"
    for number, planned in enumerate(read_plan()[:10]):
        write_result(folder, number, planned)
    (folder / "picture.webp").write_bytes(b"a picture")
    add_basis(folder, basis_of())
    return folder


@pytest.fixture(scope="package")
def evidence(tmp_path_factory: pytest.TempPathFactory, results: Path, signer: CryptoSigner) -> Path:
    """The run, sealed."""
    file = tmp_path_factory.mktemp("sealed") / "evidence.zip"
    seal([results], file, KeySigner(signer))
    return file


@pytest.fixture
def key_files(tmp_path: Path) -> tuple[Path, Path]:
    """A private key and its public one, in files."""
    key = Ed25519PrivateKey.generate()
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    return private, public
