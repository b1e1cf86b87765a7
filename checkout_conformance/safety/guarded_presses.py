"""The check before presses on a target's own sites, for a run and for a load."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from checkout_conformance.content import content
from checkout_conformance.safety.press_guard import PressGuard
from checkout_conformance.safety.run_record import RunRecord
from checkout_conformance.safety.side_effects import SideEffects
from checkout_conformance.safety.spending_limit import SpendingLimit
from checkout_conformance.targets.file import TargetFile
from checkout_conformance.targets.hosts import endpoint_of


def guarded_presses(
    file: TargetFile, folder: Path, spend: Mapping[str, Decimal] | None = None
) -> PressGuard | None:
    """Return the check before presses; None if all sites are mock sites.

    What was spent and made is recorded in ``folder``. ``spend`` replaces the limits of the file,
    for one of several processes that share them.
    """
    if not file.sites:
        return None
    amounts = file.amounts
    record = RunRecord(folder / "spent.json", {})
    limits = file.spend if spend is None else spend
    spending_limit = SpendingLimit(limits, record, amounts.currency)
    return PressGuard(spending_limit, side_effects_in(folder), amounts.within, _sells_nothing(file))


def side_effects_in(folder: Path) -> SideEffects:
    """Return the side effects that the workers of a run recorded in ``folder``."""
    return SideEffects(RunRecord(folder / "made.json", []))


def _sells_nothing(file: TargetFile) -> list[str]:
    """Return the addresses of sites where no press pays and that share no host."""
    free = content().sells_nothing
    others = {endpoint_of(site.url) for name, site in file.sites.items() if name not in free}
    urls = [site.url for name, site in file.sites.items() if name in free]
    return [url for url in urls if endpoint_of(url) not in others]
