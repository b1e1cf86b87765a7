"""The command line of ``python -m mock_sites``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from ... import SITES
from .logs import LOG_FORMATS
from .teams import TEAM_NAME

LOOPBACK = "127.0.0.1"
DEFAULT_PORT_BASE = 8100
LAST_PORT = 65_535
MOST_WORKERS = 64
# It is part of an address and the name of a package.
SITE_NAME = re.compile("[a-z][a-z0-9]{0,29}")


def read_options(
    arguments: Sequence[str] | None, program: str, about: str | None
) -> argparse.Namespace:
    """Return the options, with ``known``: the names of our sites and of those that are added.

    Ends the program with advice if an option is wrong.
    """
    parser = _parser(program, about)
    options = parser.parse_args(arguments)
    options.known = (*SITES, *(folder.name for folder in options.add_site))
    options.sites = options.sites or options.known
    named = [*options.sites, *dict(options.port), *dict(options.elsewhere)]
    if unknown := [name for name in named if name not in options.known]:
        parser.error(f"there is no site {unknown[0]}, only: {', '.join(options.known)}")
    if options.database and not options.data:
        parser.error("give --data DIR too: it keeps the keys of what is in the database")
    if options.workers > 1 and not (options.database or "sqlite").startswith("postgresql"):
        parser.error(
            "several processes need PostgreSQL, since SQLite lets one process write: give"
            " --database postgresql+psycopg://…/mock_{site} too, or leave --workers out"
        )
    if options.team and not options.controls:
        parser.error("give --controls too: a team has its space by its token of the test controls")
    if options.team and options.elsewhere:
        parser.error("teams need sites of their own: leave --elsewhere or --team out")
    if len(set(options.team)) < len(options.team):
        parser.error("each team has a name of its own")
    if options.metrics and not options.controls:
        parser.error("give --controls too: metrics are read with the token of the test controls")
    return options


def _parser(program: str, about: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=program, description=about)
    parser.add_argument("--json", action="store_true", help="print one line of JSON, for programs")
    parser.add_argument(
        "--port-base",
        type=_port_base,
        default=DEFAULT_PORT_BASE,
        metavar="N",
        help="first port; each site takes the next one. 0: any free ports (default: %(default)s)",
    )
    parser.add_argument(
        "--port",
        nargs=1,
        action="extend",
        type=_site_and_port,
        default=[],
        metavar="SITE=N",
        help="the port of one site, instead of its port by --port-base (can be repeated)",
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="keep the data in this folder (default: a temporary folder)",
    )
    parser.add_argument(
        "--database",
        type=_database,
        metavar="URL",
        help="keep the data in databases, one for each site: postgresql+psycopg://…/mock_{site}",
    )
    parser.add_argument(
        "--workers",
        type=_workers,
        default=1,
        metavar="N",
        help="serve from this many processes, with PostgreSQL (default: %(default)s)",
    )
    parser.add_argument(
        "--log-format",
        choices=LOG_FORMATS,
        default="text",
        help="the form of the log's lines; json: one object a line (default: %(default)s)",
    )
    parser.add_argument(
        "--host", default=LOOPBACK, help="address to listen on (default: loopback only)"
    )
    parser.add_argument(
        "--controls", action="store_true", help="switch on the test controls: clock, buyers, faults"
    )
    parser.add_argument(
        "--metrics",
        action="store_true",
        help="count requests for Prometheus, at /_control/metrics; needs --controls",
    )
    parser.add_argument(
        "--team",
        type=_team,
        action="append",
        default=[],
        metavar="NAME",
        help="give a team sites for itself on the same ports, at NAME.wallet.localhost and so on:"
        " with its own people, merchants, faults, clock and control token (can be repeated)",
    )
    parser.add_argument(
        "--sites", nargs="+", metavar="SITE", help="serve only these (default: all)"
    )
    parser.add_argument(
        "--elsewhere",
        nargs=1,
        action="extend",
        type=_site_and_address,
        default=[],
        metavar="SITE=URL",
        help="use this external site instead of a mock site (can be repeated)",
    )
    parser.add_argument(
        "--extend",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a Python file that adds pages: its function shop(app) gets the shop's Flask"
        " application, wallet(app) the wallet's (can be repeated)",
    )
    parser.add_argument(
        "--keys",
        type=Path,
        metavar="FILE",
        help="JSON with keys of your own, in the shape of DIR/keys.json: a merchant of the wallet"
        " with its notification_url, the vault's client",
    )
    parser.add_argument(
        "--merchant",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="one more merchant of the wallet: JSON with its site_id and name, and if wanted its"
        " notification_url, return_origins and time_zone; keys are made up (can be repeated)",
    )
    parser.add_argument(
        "--add-site",
        type=_folder_of_site,
        action="append",
        default=[],
        metavar="DIR",
        help="serve one more site, named after this folder: a Python package whose function"
        " create(site) adds its pages (can be repeated)",
    )
    return parser


def _port_base(text: str) -> int:
    highest = LAST_PORT - len(SITES) + 1
    if not (text.isascii() and text.isdigit() and int(text) <= highest):
        raise argparse.ArgumentTypeError(f"give a port from 0 to {highest}")
    return int(text)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"give a number from 1 to {MOST_WORKERS}")
    return int(text)


def _team(text: str) -> str:
    if not TEAM_NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no name of a team: give small letters, digits and dashes, at most 30"
        )
    return text


def _site_and_port(text: str) -> tuple[str, int]:
    site, _, port = text.partition("=")
    if not (site and port.isascii() and port.isdigit() and int(port) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"give one of {', '.join(SITES)} as SITE=8100")
    return site, int(port)


def _site_and_address(text: str) -> tuple[str, str]:
    site, _, address = text.partition("=")
    if not site or not address.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"give one of {', '.join(SITES)} as SITE=https://…")
    return site, address.rstrip("/")


def _folder_of_site(text: str) -> Path:
    folder = Path(text).resolve()
    if not (folder / "__init__.py").is_file():
        raise argparse.ArgumentTypeError(f"{text} is no package: there is no __init__.py in it")
    if not SITE_NAME.fullmatch(folder.name):
        raise argparse.ArgumentTypeError(
            f"{folder.name} is no name of a site: give small letters and digits"
        )
    if folder.name in SITES:
        raise argparse.ArgumentTypeError(
            f"{folder.name} is one of our sites: give the folder another name"
        )
    return folder


def _database(text: str) -> str:
    if "{site}" not in text:
        raise argparse.ArgumentTypeError("say where {site} stands: each has a database of its own")
    return text
