"""HTTPS in front of a served site: published clients speak nothing else."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

CHUNK = 64 * 1024


@dataclass(frozen=True)
class TlsFront:
    """The port on loopback, and the file of the certificate that a client has to trust."""

    port: int
    certificate: Path


@contextmanager
def tls_front(folder: Path, host: str, site_port: int) -> Iterator[TlsFront]:
    """Answer HTTPS for ``host`` while the block runs; the site gets the same bytes."""
    certificate, key = _certificate(folder, host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=_accept, args=(listener, context, site_port), daemon=True)
        thread.start()
        yield TlsFront(listener.getsockname()[1], certificate)
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def _accept(listener: socket.socket, context: ssl.SSLContext, site_port: int) -> None:
    while True:
        try:
            raw, _address = listener.accept()
        except OSError:
            return
        with suppress(OSError):
            caller = context.wrap_socket(raw, server_side=True)
            Thread(target=_connect, args=(caller, site_port), daemon=True).start()


def _connect(caller: ssl.SSLSocket, site_port: int) -> None:
    with caller, socket.create_connection(("127.0.0.1", site_port)) as site:
        back = Thread(target=_copy, args=(site, caller), daemon=True)
        back.start()
        _copy(caller, site)
        back.join()


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def _certificate(folder: Path, host: str) -> tuple[Path, Path]:
    key = generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    return certificate, private
