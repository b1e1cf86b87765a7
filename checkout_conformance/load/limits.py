"""Whether a target may be put under a load: the safety rules of a run, and a limit of its own."""

from __future__ import annotations

from checkout_conformance.load.job import Arrivals
from checkout_conformance.safety.marker import require_test_instances
from checkout_conformance.targets.file import SafetyRefusal, TargetFile

NOT_ALLOWED = (
    "The load did not start and nothing was sent: {target} has sites of its own, and its file says"
    " nothing about load. In a table [load] say arrivals_per_second and buyers: the most that these"
    " sites may get."
)


def require_load(file: TargetFile, arrivals: Arrivals, buyers: int) -> None:
    """Raise SafetyRefusal if the target has sites of its own that may not get so much.

    Mock sites may get any load: they are on this machine, and no money moves there.
    """
    if not file.sites:
        return
    if file.load is None:
        raise SafetyRefusal(NOT_ALLOWED.format(target=file.name))
    wanted = {
        "arrivals_per_second": (arrivals.rate, file.load.arrivals_per_second),
        "buyers": (buyers, file.load.buyers),
        "seconds": (arrivals.seconds, file.load.seconds),
    }
    for name, (asked, most) in wanted.items():
        if asked > most:
            raise SafetyRefusal(
                f"The load did not start and nothing was sent: {asked:g} is wanted, and [load]"
                f" {name} of {file.name} allows {most:g}."
            )
    require_test_instances(file.sites)
