"""The phone refuses nothing beyond what every site does."""

REFUSALS: dict[str, object] = {}
