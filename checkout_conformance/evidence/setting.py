"""The setting of a run: target, language, device and browser."""

from __future__ import annotations

from dataclasses import asdict, dataclass

# The setting of a scenario that broke before it could begin.
UNKNOWN = "unknown"
# The browser of a run over HTTP, which has none.
WITHOUT_BROWSER = "http"


@dataclass(frozen=True, order=True)
class Setting:
    """The setting of a scenario, by which reports tell runs apart."""

    target: str
    locale: str
    device: str
    browser: str

    @property
    def facts(self) -> dict[str, str]:
        """Its values by name."""
        return asdict(self)

    @property
    def certifies(self) -> bool:
        """Whether a browser showed the pages: without one nothing is certified."""
        return self.browser != WITHOUT_BROWSER

    @property
    def heading(self) -> str:
        """The heading in the reports, below the target's name."""
        return f"{self.locale} · {self.device} · {self.browser}"
