"""``python -m mock_sites``: serve all the sites, for people or for the suite."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from socket import socket

from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import configure_mappers

from . import SITES
from .shared.controls.added_site import added_site
from .shared.messaging.outgoing import tls_settings
from .shared.runtime.clock import Clock
from .shared.runtime.data_folder import DataError, held_folder
from .shared.runtime.database import OtherTables, advice_on
from .shared.runtime.extensions import ExtensionError, Extensions
from .shared.runtime.kept_keys import kept_keys
from .shared.runtime.logs import start_log
from .shared.runtime.metrics import METRICS, MetricsError
from .shared.runtime.options import read_options
from .shared.runtime.processes import Processes, StartError, listen_beside, reserve
from .shared.runtime.settings import StackSettings, choose_ports, listen
from .shared.runtime.site import Site
from .shared.runtime.stop_signal import StopSignal
from .shared.values.published_cards import published_cards

# A site has the pages that a project adds to it before they are changed.
EXTENSIONS = Extensions()
CREATE = {
    name: EXTENSIONS.of(name, getattr(import_module(f".{name}", __package__), f"create_{name}"))
    for name in SITES
}
PROGRAM = "python -m mock_sites"
# The sites whose protocol for merchants is described at /docs.
DESCRIBED = ("wallet", "vault")
log = logging.getLogger(__name__)


class CannotServe(Exception):
    """The sites cannot be started as asked. The message says why, and what to do."""


def prepare() -> None:
    """Do what every stack needs once: a process calls this before it is forked for each stack."""
    configure_mappers()
    tls_settings()


def main(arguments: Sequence[str] | None = None, program: str = PROGRAM) -> int:
    """Serve until told to stop; the exit status. ``program`` is its name in messages."""
    options = read_options(arguments, program, __doc__)
    for folder in options.add_site:
        CREATE[folder.name] = EXTENSIONS.of(folder.name, added_site(folder))
    start_log(options.log_format)
    with ExitStack() as stack_of_things:
        EXTENSIONS.files = options.extend
        data = options.data or Path(stack_of_things.enter_context(_temporary_folder()))
        try:
            if options.metrics:
                METRICS.switch_on(Path(stack_of_things.enter_context(_temporary_folder())))
            stack_of_things.enter_context(held_folder(data, options.sites))
            if options.workers > 1:
                serve_in_processes(options, data)
                return 0
            stack, sites = _opened(options, data)
        except (CannotServe, DataError, MetricsError) as error:
            print(error, file=sys.stderr)
            return 1
        stop = StopSignal()
        for site, listener in sites:
            site.serve(listener)
            stack_of_things.callback(site.close)
        _tell(options, stack)
        stop.wait()
    return 0


def serve_in_processes(options: argparse.Namespace, data: Path) -> None:
    """Serve from several processes until told to stop. Raises CannotServe."""
    ports = choose_ports(options.port_base, options.known) | dict(options.port)
    try:
        ports |= reserve(options.host, {name: ports[name] for name in options.sites})
    except OSError as error:
        raise _no_port(error) from None
    stack = _stack(options, data, ports)
    # Tables and what is in them from the start are made once, before there are others.
    for site in _sites(stack, options.sites).values():
        site.close()

    def serve(stop: StopSignal, has_begun: Callable[[], None]) -> None:
        listeners = listen_beside(options.host, {name: ports[name] for name in options.sites})
        sites = _sites(stack, options.sites)
        for name, site in sites.items():
            site.serve(listeners[name])
        has_begun()
        stop.wait()
        with ThreadPoolExecutor(len(sites)) as finishing:
            list(finishing.map(Site.finish, sites.values()))
        for site in sites.values():
            site.close()

    try:
        processes = Processes(options.workers, serve)
        stop = StopSignal()
        _tell(options, stack)
        processes.keep(stop, lambda pid: log.error("process %d died: replacing it", pid))
    except StartError as error:
        raise CannotServe(str(error)) from None


def _tell(options: argparse.Namespace, stack: StackSettings) -> None:
    tell = as_json if options.json else for_people
    print(tell(stack, [*options.sites, *stack.elsewhere]), flush=True)


def _opened(
    options: argparse.Namespace, data: Path
) -> tuple[StackSettings, list[tuple[Site, socket]]]:
    with ExitStack() as given_back:
        listeners = _listeners(options)
        for listener in listeners.values():
            given_back.enter_context(listener)
        served = {name: listener.getsockname()[1] for name, listener in listeners.items()}
        stack = _stack(options, data, served)
        sites = [(site, listeners[name]) for name, site in _sites(stack, options.sites).items()]
        given_back.pop_all()
    return stack, sites


def _listeners(options: argparse.Namespace) -> dict[str, socket]:
    ports = choose_ports(options.port_base, options.known) | dict(options.port)
    try:
        return listen(options.host, {name: ports[name] for name in options.sites})
    except OSError as error:
        raise _no_port(error) from None


def _no_port(error: OSError) -> CannotServe:
    return CannotServe(f"cannot serve: {error}. Choose other ports with --port-base.")


def _stack(options: argparse.Namespace, data: Path, served: Mapping[str, int]) -> StackSettings:
    return StackSettings(
        data=data,
        ports={**choose_ports(options.port_base, options.known), **served},
        keys=kept_keys(data, options.keys, options.known, options.merchant),
        controls=options.controls,
        database=options.database or "",
        elsewhere=dict(options.elsewhere),
    )


def _sites(stack: StackSettings, names: Sequence[str]) -> dict[str, Site]:
    clock = Clock(stack.data / "clock", shared=bool(stack.database))
    return {name: _site(name, stack, clock) for name in names}


def _site(name: str, stack: StackSettings, clock: Clock) -> Site:
    try:
        return CREATE[name](stack, clock)
    except ExtensionError as error:
        raise CannotServe(str(error)) from None
    except (DBAPIError, ArgumentError, ModuleNotFoundError, OtherTables) as error:
        # The address of a database may hold a password.
        where = "there" if stack.database else f"in {stack.data / name}.sqlite3"
        why = " ".join(str(getattr(error, "orig", error)).split())
        raise CannotServe(f"cannot keep the data {where}: {why}. {advice_on(error)}") from None


def as_json(stack: StackSettings, sites: Sequence[str] = SITES) -> str:
    """Describe the stack as one line of JSON, for programs."""
    public = {"site_id", "secret_key", "public_key"}
    facts = {
        "sites": {name: {"url": stack.public_url(name)} for name in sites},
        "control_token": stack.keys.control_token if stack.controls else None,
        "merchants": [each.model_dump(include=public) for each in stack.keys.merchants],
        "vault_merchants": [stack.keys.vault.for_clients()],
        "buyers": [person.model_dump() for person in stack.keys.people],
    }
    return json.dumps(facts)


def for_people(stack: StackSettings, sites: Sequence[str] = SITES) -> str:
    """Describe the stack for people: addresses, accounts and test cards."""
    lines = ["The mock sites are running. No real money is used. Press Ctrl+C to stop.", ""]
    lines += [f"  {name:<8} {stack.public_url(name)}" for name in sites]
    described = [f"{stack.public_url(name)}/docs" for name in DESCRIBED if name in sites]
    lines += ["", f"Protocols for merchants: {', '.join(described)}"] if described else []
    lines += ["", "Accounts, the same on the wallet, the shop and the vault:"]
    lines += [f"  {p.name:<14} {p.phone}   password {p.password}" for p in stack.keys.people]
    lines += [
        "",
        "Test cards. No other card is accepted. Use any future expiry date and any security",
    ]
    lines += ["code of three digits (American Express: four digits):"]
    lines += [f"  {card.number:<16}  {card.name}" for card in published_cards()]
    if stack.controls:
        lines += ["", f"Test controls are on. Token: {stack.keys.control_token}"]
    return "\n".join(lines)


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="mock-sites-", ignore_cleanup_errors=True)


if __name__ == "__main__":
    sys.exit(main())
