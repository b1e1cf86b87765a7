"""The setting of a run: which target, in which language, on which device and browser."""

from __future__ import annotations

from dataclasses import asdict, dataclass

DESKTOP = "desktop"
# The setting of a scenario that broke before it could begin.
UNKNOWN = "unknown"


@dataclass(frozen=True, order=True)
class Setting:
    """What a scenario was run on; a report tells the runs apart by it."""

    target: str
    locale: str
    device: str
    browser: str

    @property
    def facts(self) -> dict[str, str]:
        """Its values by name."""
        return asdict(self)

    @property
    def heading(self) -> str:
        """How the reports call it, below the name of the target."""
        return f"{self.locale} · {self.device} · {self.browser}"
