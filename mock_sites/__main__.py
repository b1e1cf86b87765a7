"""``python -m mock_sites``: serve all the sites, for people or for the suite."""

from __future__ import annotations

import argparse
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
from .shared.runtime.teams import settings_of_team
from .start_message import as_json, for_people

# A site has the pages that a project adds to it before they are changed.
EXTENSIONS = Extensions()
CREATE = {
    name: EXTENSIONS.of(name, getattr(import_module(f".{name}", __package__), f"create_{name}"))
    for name in SITES
}
PROGRAM = "python -m mock_sites"
# The sites of the stack itself and of each team, by the team's name and their own.
SitesOfAll = Mapping[str, Mapping[str, Site]]
# The stack itself, among its teams.
OWN = ""
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
            stacks, sites, listeners = _opened(options, data)
        except (CannotServe, DataError, MetricsError) as error:
            print(error, file=sys.stderr)
            return 1
        stop = StopSignal()
        for site in _flat(sites):
            stack_of_things.callback(site.close)
        _serve(sites, listeners)
        _tell(options, stacks)
        stop.wait()
    return 0


def serve_in_processes(options: argparse.Namespace, data: Path) -> None:
    """Serve from several processes until told to stop. Raises CannotServe."""
    ports = choose_ports(options.port_base, options.known) | dict(options.port)
    try:
        ports |= reserve(options.host, {name: ports[name] for name in options.sites})
    except OSError as error:
        raise _no_port(error) from None
    stacks = _stacks(options, data, ports)
    # Tables and what is in them from the start are made once, before there are others.
    for site in _flat(_sites_of_all(stacks, options.sites)):
        site.close()

    def serve(stop: StopSignal, has_begun: Callable[[], None]) -> None:
        listeners = listen_beside(options.host, {name: ports[name] for name in options.sites})
        sites = _sites_of_all(stacks, options.sites)
        _serve(sites, listeners)
        has_begun()
        stop.wait()
        with ThreadPoolExecutor(len(listeners)) as finishing:
            list(finishing.map(Site.finish, sites[OWN].values()))
        for site in _flat(sites):
            site.close()

    try:
        processes = Processes(options.workers, serve)
        stop = StopSignal()
        _tell(options, stacks)
        processes.keep(stop, lambda pid: log.error("process %d died: replacing it", pid))
    except StartError as error:
        raise CannotServe(str(error)) from None


def _tell(options: argparse.Namespace, stacks: Sequence[StackSettings]) -> None:
    tell = as_json if options.json else for_people
    own, *teams = stacks
    print(tell(own, [*options.sites, *own.elsewhere], teams), flush=True)


def _opened(
    options: argparse.Namespace, data: Path
) -> tuple[Sequence[StackSettings], SitesOfAll, dict[str, socket]]:
    with ExitStack() as given_back:
        listeners = _listeners(options)
        for listener in listeners.values():
            given_back.enter_context(listener)
        served = {name: listener.getsockname()[1] for name, listener in listeners.items()}
        stacks = _stacks(options, data, served)
        sites = _sites_of_all(stacks, options.sites)
        given_back.pop_all()
    return stacks, sites, listeners


def _listeners(options: argparse.Namespace) -> dict[str, socket]:
    ports = choose_ports(options.port_base, options.known) | dict(options.port)
    try:
        return listen(options.host, {name: ports[name] for name in options.sites})
    except OSError as error:
        raise _no_port(error) from None


def _no_port(error: OSError) -> CannotServe:
    return CannotServe(f"cannot serve: {error}. Choose other ports with --port-base.")


def _stacks(
    options: argparse.Namespace, data: Path, served: Mapping[str, int]
) -> list[StackSettings]:
    """Return the settings of the stack itself and, after them, those of its teams."""
    own = StackSettings(
        data=data,
        ports={**choose_ports(options.port_base, options.known), **served},
        keys=kept_keys(data, options.keys, options.known, options.merchant),
        controls=options.controls,
        database=options.database or "",
        elsewhere=dict(options.elsewhere),
    )
    return [own, *(settings_of_team(own, team, options.known) for team in options.team)]


def _sites_of_all(stacks: Sequence[StackSettings], names: Sequence[str]) -> SitesOfAll:
    return {stack.team: _sites(stack, names) for stack in stacks}


def _flat(sites: SitesOfAll) -> list[Site]:
    return [site for of_team in sites.values() for site in of_team.values()]


def _serve(sites: SitesOfAll, listeners: Mapping[str, socket]) -> None:
    """Serve the stack's sites and its teams' at the same ports."""
    for name, site in sites[OWN].items():
        site.serve(listeners[name], {team: sites[team][name] for team in sites if team != OWN})


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


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="mock-sites-", ignore_cleanup_errors=True)


if __name__ == "__main__":
    sys.exit(main())
