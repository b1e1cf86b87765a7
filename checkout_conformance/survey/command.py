"""``checkout-conformance check``: look at a target before a run; changes nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from checkout_conformance.clauses import read_clauses
from checkout_conformance.commands import SETTINGS, Parsed, folder_to_write, status_of
from checkout_conformance.data import CURRENT
from checkout_conformance.drivers.chromium import BrowserError, find_chromium, launch_args
from checkout_conformance.drivers.plugin import connect, require_proxy_host, tell_driver
from checkout_conformance.people import Buyer
from checkout_conformance.project import LATEST
from checkout_conformance.redaction.secrets import hide, redact
from checkout_conformance.safety.forward_proxy import running_forward_proxy
from checkout_conformance.safety.marker import require_test_instances
from checkout_conformance.safety.network_guard import NetworkGuard, browser_rules, context_options
from checkout_conformance.statuses import Status
from checkout_conformance.survey.labels import labels_of_walks
from checkout_conformance.survey.page import Finding, render_survey
from checkout_conformance.survey.visits import Visit, Visitor
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.file import SafetyRefusal, SiteSettings, TargetError, TargetFile
from checkout_conformance.targets.glossary import LOCALES
from checkout_conformance.targets.target import Target, target_file, target_of

PAGE = LATEST / "survey.html"
WAIT_MS = 15_000


@dataclass(frozen=True)
class Options:
    """How the pages are looked at."""

    locale: str | None
    sign_in: bool
    browser_at: str | None
    proxy_host: str | None


def _first_line(error: PlaywrightError) -> str:
    return str(error).strip().partition("\n")[0]


def findings(visits: Sequence[Visit], target: Target) -> list[Finding]:
    """Return for each label of each clause the addresses where it was seen, on the clause's site.

    The same word on another site is another label: a shop may have a Pay of its own.
    """
    sites = {clause: known.sites for clause, known in read_clauses().items()}
    return [
        Finding(
            clause=clause,
            name=name,
            words=target.labels.get(name) or target.glossary.label(name),
            places=_places(visits, name, sites[clause]),
            lacking=name in target.lacks,
            has_site=not sites[clause] or not set(target.urls).isdisjoint(sites[clause]),
        )
        for clause, name in labels_of_walks()
    ]


def _places(visits: Sequence[Visit], name: str, sites: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        visit.address
        for visit in visits
        if name in visit.labels and (not sites or visit.site in sites)
    )


def _visit_sites(file: TargetFile, target: Target, options: Options) -> Iterator[Visit]:
    require_proxy_host(options.browser_at, options.proxy_host)
    require_test_instances(file.sites)
    for name, shown in file.sites.items():
        print(f"{name}: {_proof(shown)}", flush=True)
    with _buyer(file, options.sign_in) as buyer, _page(target, options) as page:
        visitor = Visitor(page, target, buyer)
        for site in file.sites:
            for visit in visitor.visit_pages(site):
                print(f"visited {visit.address} {visit.error}".rstrip(), flush=True)
                yield visit


def _proof(site: SiteSettings) -> str:
    if site.vouched:
        return f"{site.vouched.owner} vouches that {site.vouched.host} is a test instance"
    return f"{site.url}{site.marker} says that it is a test instance"


@contextmanager
def _buyer(file: TargetFile, signs_in: bool) -> Iterator[Buyer | None]:
    if not signs_in:
        yield None
    elif not file.buyers:
        raise TargetError("--sign-in needs one of the file's [[buyers]]")
    else:
        with BuyerPool(file.buyers).lease() as buyer:
            hide(buyer.password)
            yield buyer


@contextmanager
def _page(target: Target, options: Options) -> Iterator[Page]:
    program = find_chromium()
    tell_driver(options.browser_at)
    with sync_playwright() as playwright:
        kind = playwright.chromium

        def launch() -> Browser:
            return kind.launch(executable_path=program, args=[*launch_args(), browser_rules()])

        browser = connect(kind, options.browser_at, launch) if options.browser_at else launch()
        device = dict(playwright.devices[target.device]) if target.device else {}
        device.pop("default_browser_type", None)
        with running_forward_proxy(target.urls.values(), options.proxy_host) as proxy:
            context = browser.new_context(locale=target.locale, **device, **context_options(proxy))
            context.set_default_timeout(WAIT_MS)
            # Without signing in there is no host on which anything may be changed.
            changeable = target.urls.values() if options.sign_in else ()
            NetworkGuard(changeable, proxy, playwright.request.new_context()).watch(context)
            yield context.new_page()
            browser.close()


def _tell(visits: Sequence[Visit], found: Sequence[Finding]) -> None:
    print(
        f"\n{len(visits)} pages, {sum(bool(one.places) for one in found)} of {len(found)} labels:"
    )
    for one in found:
        where = redact(one.places[0]) if one.places else one.absence_reason
        print(f"  {one.clause:<5} {one.words:<24} {where}")


def _page_to_write(text: str) -> Path:
    page = Path(text)
    if page.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is a folder: give the path of a file")
    return folder_to_write(str(page.parent)) / page.name


@click.command(context_settings=SETTINGS)
@click.argument("file")
@click.option("--locale", type=click.Choice(LOCALES), help="language of the pages")
@click.option("--sign-in", is_flag=True, help="sign in as one of the buyers first")
@click.option("--browser-at", metavar="URL", help="use a browser that runs elsewhere")
@click.option(
    "--proxy-host", metavar="HOST", help="the name or address of this machine for that browser"
)
@click.option(
    "--into",
    type=Parsed(_page_to_write),
    default=str(PAGE),
    metavar="FILE",
    help="the page (default: reports/latest/survey.html)",
)
def command(
    file: str,
    locale: str | None,
    sign_in: bool,
    browser_at: str | None,
    proxy_host: str | None,
    into: Path,
) -> int:
    """Look at the pages and labels of a target before a run; changes nothing.

    FILE is a target file, or the name of one in targets/. Each site must first show that it is a
    test instance. Then the command visits the pages and reports which labels it found. With
    --sign-in it signs in as a buyer of the file first.

    \b
    Exit status
      0  every page answered
      1  a page did not
      2  there is no telling: no site to look at, or no browser
      3  an argument or the target file is wrong
      4  refused for safety: a site is not shown to be a test instance
    """
    options = Options(locale, sign_in, browser_at, proxy_host)
    try:
        settings = target_file(file)
        CURRENT.use(settings.data)
        target = target_of(settings).in_locale(locale)
        visits = list(_visit_sites(settings, target, options))
    except SafetyRefusal as error:
        print(error, file=sys.stderr)
        return Status.REFUSED
    except TargetError as error:
        print(error, file=sys.stderr)
        return Status.USAGE
    except BrowserError as error:
        print(error, file=sys.stderr)
        return Status.CANNOT_TELL
    except PlaywrightError as error:
        print(f"The browser cannot be used: {redact(_first_line(error))}", file=sys.stderr)
        return Status.CANNOT_TELL
    if not visits:
        print("The target file has no [sites]: there is nothing to check.", file=sys.stderr)
        return Status.CANNOT_TELL
    found = findings(visits, target)
    _tell(visits, found)
    into.write_text(render_survey(target.name, target.locale, visits, found), encoding="utf-8")
    print(f"With pictures: {into}")
    wrong = any(visit.error for visit in visits)
    return Status.DOES_NOT_CONFORM if wrong else Status.CONFORMS


def main(arguments: Sequence[str] | None = None) -> int:
    """Visit the pages, print the findings and write the page; the exit status for the shell."""
    return status_of(command, arguments, "check")
