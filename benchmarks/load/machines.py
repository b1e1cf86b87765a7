"""``python -m benchmarks.load.machines``: a load on several machines, as network namespaces.

Two hosts of sites, one of the database, two of buyers and one of Locust's master, each with a
network of its own and an address on one bridge. It needs root and Linux. The processor is shared:
this shows that the parts find each other over a network, not what more machines would carry.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from checkout_conformance.project import ROOT
from mock_sites import SITES
from mock_sites.shared.runtime.keys import Keys
from tests.support.postgres import create_databases, postgres_server

NETWORK = "10.77.0."
SWITCH = "checkout-switch"
HOSTS = ("sites1", "sites2", "data", "buyers1", "buyers2", "master")
SITES_OF = {"sites1": ("wallet", "phone"), "sites2": ("shop", "vault", "acs")}
FIRST_PORT, MASTER_PORT = 8100, 5557
TOKEN = "MACHINES_CONTROL_TOKEN"
LIMITS = """
[spend]
RUB = 100000000

[amounts]
within = "main"

[load]
arrivals_per_second = 1000
buyers = 1000
seconds = 3600
"""
LOOK_AT_BOOKS = """
import json, os, sys, urllib.request
for url in sys.argv[1:]:
    bearer = {"Authorization": "Bearer " + os.environ["MACHINES_CONTROL_TOKEN"]}
    with urllib.request.urlopen(urllib.request.Request(url, headers=bearer)) as answer:
        print(url, json.dumps(json.load(answer)["discrepancies"]))
"""


def name_of(host: str) -> str:
    """The namespace of a host."""
    return f"checkout-{host}"


def address_of(host: str) -> str:
    """The address of a host."""
    return f"{NETWORK}{HOSTS.index(host) + 1}"


def urls() -> dict[str, str]:
    """The address of each site."""
    return {
        site: f"http://{address_of(host)}:{FIRST_PORT + SITES.index(site)}"
        for host, sites in SITES_OF.items()
        for site in sites
    }


def ip(*words: str) -> None:
    """Run ``ip``. Raises CalledProcessError."""
    subprocess.run(["ip", *words], check=True)


@contextmanager
def machines() -> Iterator[None]:
    """Make the namespaces and their network; take them away at the end."""
    with ExitStack() as made:
        for namespace in (SWITCH, *map(name_of, HOSTS)):
            ip("netns", "add", namespace)
            made.callback(ip, "netns", "del", namespace)
            ip("-n", namespace, "link", "set", "lo", "up")
        ip("-n", SWITCH, "link", "add", "br0", "type", "bridge")
        ip("-n", SWITCH, "link", "set", "br0", "up")
        for host in HOSTS:
            peer = ("peer", "name", "eth0", "netns", name_of(host))
            ip("-n", SWITCH, "link", "add", f"to-{host}", "type", "veth", *peer)
            ip("-n", SWITCH, "link", "set", f"to-{host}", "master", "br0", "up")
            ip("-n", name_of(host), "addr", "add", f"{address_of(host)}/24", "dev", "eth0")
            ip("-n", name_of(host), "link", "set", "eth0", "up")
        yield


def inside(host: str, *words: str) -> list[str]:
    """A command of Python on a host."""
    return ["ip", "netns", "exec", name_of(host), sys.executable, *words]


@contextmanager
def running(
    command: Sequence[str], env: Mapping[str, str], log: IO[str]
) -> Iterator[subprocess.Popen[str]]:
    """Run a command while the block runs; its errors go into a file."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=log
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


def serve(host: str, keys: Path, folder: Path, database: str) -> list[str]:
    """The command that serves a host's sites; all five are told where the others are."""
    elsewhere = [word for site, url in urls().items() for word in ("--elsewhere", f"{site}={url}")]
    return inside(
        host,
        *("-m", "mock_sites", "--json", "--controls", "--host", address_of(host)),
        *("--port-base", str(FIRST_PORT), "--data", str(folder / host), "--keys", str(keys)),
        *("--database", database, "--workers", "2", "--sites", *SITES_OF[host], *elsewhere),
    )


def main() -> int:
    """Run the load; the exit status is that of the load."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load.machines", description=__doc__)
    parser.add_argument("--arrivals", default="2")
    parser.add_argument("--seconds", default="20")
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="machines-") as name, ExitStack() as stack:
        folder, keys = Path(name), Keys()
        (folder / "keys.json").write_text(keys.model_dump_json())
        sites = [
            f'[sites.{site}]\nurl = "{url}"\ncontrol_token_env = "{TOKEN}"'
            for site, url in urls().items()
        ]
        target = folder / "machines.toml"
        target.write_text("\n".join(['name = "machines"', *sites, LIMITS]))
        unproxied = {key: os.environ[key] for key in os.environ if "proxy" not in key.lower()}
        env = {**unproxied, TOKEN: keys.control_token}
        log = stack.enter_context((folder / "log").open("w"))
        stack.enter_context(machines())
        server = stack.enter_context(postgres_server(address_of("data"), name_of("data")))
        create_databases(server, [f"machines_{site}" for site in SITES])
        database = f"postgresql+psycopg://mock@{address_of('data')}/machines_{{site}}"
        for host in SITES_OF:
            served = running(serve(host, folder / "keys.json", folder, database), env, log)
            process = stack.enter_context(served)
            assert process.stdout is not None
            if not process.stdout.readline():
                print((folder / "log").read_text(), file=sys.stderr)
                return 2
        worker = ("-m", "checkout_conformance.load.worker", address_of("master"), str(MASTER_PORT))
        for host in ("buyers1", "buyers2"):
            stack.enter_context(running(inside(host, *worker), env, log))
        command = inside(
            "master",
            *("-m", "checkout_conformance", "load", "--target", str(target)),
            *("--bind", address_of("master"), "--port", str(MASTER_PORT), "--more-workers", "2"),
            *("--arrivals", options.arrivals, "--seconds", options.seconds, "--seed", "1"),
            *("--into", str(options.into)),
        )
        status = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
        books = [f"{urls()[site]}/_control/books" for site in ("wallet", "vault")]
        looked = inside("master", "-c", LOOK_AT_BOOKS, *books)
        subprocess.run(looked, cwd=ROOT, env=env, check=True)
        return status


if __name__ == "__main__":
    sys.exit(main())
