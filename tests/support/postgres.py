"""A PostgreSQL server of our own, for tests of sites that several processes serve."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

# PostgreSQL refuses to run as root.
UNPRIVILEGED = "nobody" if os.geteuid() == 0 else None
# 15 for each site of each process, and some to look with.
MOST_CONNECTIONS = 400
SETTINGS = {
    "listen_addresses": "",
    "max_connections": str(MOST_CONNECTIONS),
    "fsync": "off",
    "shared_buffers": "64MB",
}


@contextmanager
def postgres_server(address: str = "", namespace: str = "") -> Iterator[str]:
    """Start a server; its URL, with ``{database}`` for the name of one. Skips if there is none.

    That URL is good on this machine. In a network ``namespace`` the server also listens to its
    ``address``, and trusts the machines beside it.
    """
    programs = {name: _program(name) for name in ("initdb", "pg_ctl", "psql")}
    missing = [name for name, path in programs.items() if path is None]
    if missing or find_spec("psycopg") is None:
        pytest.skip(f"no PostgreSQL here: {', '.join(missing) or 'psycopg'} is not installed")
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if UNPRIVILEGED:
            shutil.chown(folder, UNPRIVILEGED)
        data = str(folder / "data")
        _run([programs["initdb"] or "", "-D", data, "-U", "mock", "--auth=trust", "--no-sync"])
        if address:
            with (folder / "data" / "pg_hba.conf").open("a") as rules:
                rules.write("host all all samenet trust\n")
        settings = {**SETTINGS, "listen_addresses": address}
        options = " ".join(f"-c {key}={value or chr(39) * 2}" for key, value in settings.items())
        control = [programs["pg_ctl"] or "", "-D", data, "-w"]
        log = ["-l", str(folder / "log")]
        _run([*control, *log, "-o", f"{options} -k {folder}", "start"], namespace)
        try:
            yield f"postgresql+psycopg://mock@/{{database}}?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"])


def create_databases(server: str, names: Sequence[str]) -> None:
    """Make empty databases of these names."""
    folder = server.rpartition("=")[2]
    psql = [_program("psql") or "", "-h", folder, "-U", "mock", "-d", "postgres", "-q"]
    for name in names:
        _run([*psql, "-c", f'CREATE DATABASE "{name}"'])


def _program(name: str) -> str | None:
    # Debian keeps most of them off the path.
    of_debian = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    return shutil.which(name) or next(map(str, of_debian), None)


def _run(command: Sequence[str], namespace: str = "") -> None:
    user = UNPRIVILEGED
    if namespace:
        # Only root may enter it.
        ids = [f"--reuid={user}", "--clear-groups"]
        command = ["ip", "netns", "exec", namespace, "setpriv", *ids, *command]
        user = None
    subprocess.run(command, check=True, user=user, cwd="/", stdout=subprocess.DEVNULL, timeout=120)
