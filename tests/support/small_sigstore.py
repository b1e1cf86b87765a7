"""A Sigstore in memory: an authority, a log of certificates and a log of signatures.

It signs for one identity without a network. Every signature is a real one, so the official
verifier checks what it checks of the public instance. Formats: RFC 6962 (certificates), Rekor's
entries ``dsse`` 0.0.1 (signatures), and Sigstore's bundle 0.3.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, NameOID

from checkout_conformance.sealing.envelope import PAYLOAD
from checkout_conformance.sealing.identities import BUNDLE

ISSUER = "https://token.actions.githubusercontent.com"
WORKFLOW = "https://github.com/acme/shop/.github/workflows/acceptance.yml@refs/heads/main"
ISSUER_EXTENSION = x509.ObjectIdentifier("1.3.6.1.4.1.57264.1.1")
AUTHORITY = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "small authority")])
LOG = "log.example"
HOUR = timedelta(hours=1)
Json = dict[str, Any]


def _key() -> EllipticCurvePrivateKey:
    return generate_private_key(SECP256R1())


@dataclass(frozen=True)
class SmallSigstore:
    """Signs for ``identity``; it has an ``entry`` as signers have."""

    identity: str = WORKFLOW
    entry: str = BUNDLE
    authority: EllipticCurvePrivateKey = field(default_factory=_key)
    certificate_log: EllipticCurvePrivateKey = field(default_factory=_key)
    signature_log: EllipticCurvePrivateKey = field(default_factory=_key)
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def sign(self, payload: bytes) -> bytes:
        """Return the bundle of a signature by a key that is made for it."""
        key = _key()
        certificate = self._certificate(key)
        signature = key.sign(_pre_authentication(payload), ECDSA(SHA256()))
        bundle = {
            "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial": {
                "certificate": {"rawBytes": _text(certificate.public_bytes(Encoding.DER))},
                "tlogEntries": [self._logged(payload, signature, certificate)],
            },
            "dsseEnvelope": {
                "payload": _text(payload),
                "payloadType": PAYLOAD,
                "signatures": [{"sig": _text(signature)}],
            },
        }
        return json.dumps(bundle).encode()

    def write_root(self, file: Path) -> Path:
        """Write the keys by which its signatures are checked."""
        root = self._signed(self._of_authority(self.authority), self.authority)
        valid = {"start": (self.now - 24 * HOUR).isoformat().replace("+00:00", "Z")}
        authority = {
            "subject": {"commonName": "small authority", "organization": "tests"},
            "uri": "https://authority.example",
            "certChain": {"certificates": [{"rawBytes": _text(root.public_bytes(Encoding.DER))}]},
            "validFor": valid,
        }
        document = {
            "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs": [_log(self.signature_log, valid)],
            "ctlogs": [_log(self.certificate_log, valid)],
            "certificateAuthorities": [authority],
        }
        file.write_text(json.dumps(document), encoding="utf-8")
        return file

    def _certificate(self, key: EllipticCurvePrivateKey) -> x509.Certificate:
        """The certificate of a key, with the promise of the log of certificates in it."""
        builder = self._of_identity(key)
        before = self._signed(builder, self.authority).tbs_certificate_bytes
        milliseconds = int(self.now.timestamp() * 1000)
        entry = struct.pack("!BBQH", 0, 0, milliseconds, 1)
        entry += hashlib.sha256(_public(self.authority)).digest()
        entry += len(before).to_bytes(3, "big") + before + b"\x00\x00"
        signature = self.certificate_log.sign(entry, ECDSA(SHA256()))
        promise = b"\x00" + _log_id(self.certificate_log) + struct.pack("!QH", milliseconds, 0)
        promise += struct.pack("!BBH", 4, 3, len(signature)) + signature
        promises = struct.pack("!HH", len(promise) + 2, len(promise)) + promise
        extension = x509.UnrecognizedExtension(
            ExtensionOID.PRECERT_SIGNED_CERTIFICATE_TIMESTAMPS, _octet_string(promises)
        )
        return self._signed(builder.add_extension(extension, False), self.authority)

    def _of_identity(self, key: EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        names = [x509.UniformResourceIdentifier(self.identity)]
        usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.authority.public_key())
        return (
            self._builder(key, x509.Name([]), 2)
            .add_extension(x509.BasicConstraints(False, None), True)
            .add_extension(usage, True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), False)
            .add_extension(x509.SubjectAlternativeName(names), True)
            .add_extension(authority, False)
            .add_extension(x509.UnrecognizedExtension(ISSUER_EXTENSION, ISSUER.encode()), False)
        )

    def _of_authority(self, key: EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        return (
            self._builder(key, AUTHORITY, 1)
            .add_extension(x509.BasicConstraints(True, 0), True)
            .add_extension(usage, True)
            .add_extension(identifier, False)
        )

    def _builder(
        self, key: EllipticCurvePrivateKey, subject: x509.Name, number: int
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(AUTHORITY)
            .public_key(key.public_key())
            .serial_number(number)
            .not_valid_before(self.now - HOUR)
            .not_valid_after(self.now + HOUR)
        )

    @staticmethod
    def _signed(builder: x509.CertificateBuilder, key: EllipticCurvePrivateKey) -> x509.Certificate:
        return builder.sign(key, SHA256())

    def _logged(self, payload: bytes, signature: bytes, certificate: x509.Certificate) -> Json:
        """The only entry of the log of signatures, with the proof that it is there."""
        pem = certificate.public_bytes(Encoding.PEM)
        logged = {
            "apiVersion": "0.0.1",
            "kind": "dsse",
            "spec": {
                "envelopeHash": {"algorithm": "sha256", "value": "0" * 64},
                "payloadHash": {"algorithm": "sha256", "value": _digest(payload).hex()},
                "signatures": [{"signature": _text(signature), "verifier": _text(pem)}],
            },
        }
        body, seconds = _canonical(logged), int(self.now.timestamp())
        log, root = _log_id(self.signature_log), _digest(b"\x00" + body)
        promised = {
            "body": _text(body),
            "integratedTime": seconds,
            "logID": log.hex(),
            "logIndex": 0,
        }
        note = f"{LOG}\n1\n{_text(root)}\n"
        signed_note = _text(log[:4] + self._by_log(note.encode()))
        return {
            "logIndex": "0",
            "logId": {"keyId": _text(log)},
            "kindVersion": {"kind": "dsse", "version": "0.0.1"},
            "integratedTime": str(seconds),
            "canonicalizedBody": _text(body),
            "inclusionPromise": {"signedEntryTimestamp": _text(self._by_log(_canonical(promised)))},
            "inclusionProof": {
                "logIndex": "0",
                "rootHash": _text(root),
                "treeSize": "1",
                "hashes": [],
                "checkpoint": {"envelope": f"{note}\n— {LOG} {signed_note}\n"},
            },
        }

    def _by_log(self, content: bytes) -> bytes:
        return self.signature_log.sign(content, ECDSA(SHA256()))


def _log(key: EllipticCurvePrivateKey, valid: Json) -> Json:
    return {
        "baseUrl": f"https://{LOG}",
        "hashAlgorithm": "SHA2_256",
        "logId": {"keyId": _text(_log_id(key))},
        "publicKey": {
            "rawBytes": _text(_public(key)),
            "keyDetails": "PKIX_ECDSA_P256_SHA_256",
            "validFor": valid,
        },
    }


def _pre_authentication(payload: bytes) -> bytes:
    return b"DSSEv1 %d %s %d %s" % (len(PAYLOAD), PAYLOAD.encode(), len(payload), payload)


def _octet_string(content: bytes) -> bytes:
    assert len(content) < 256
    length = bytes([len(content)]) if len(content) < 128 else bytes([0x81, len(content)])
    return b"\x04" + length + content


def _canonical(value: Json) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _public(key: EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _log_id(key: EllipticCurvePrivateKey) -> bytes:
    return _digest(_public(key))


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
