"""What the test module of a team's features binds to pytest."""

from __future__ import annotations

from pathlib import Path

from checkout_conformance.clauses import LANGUAGES


def features_beside(module: str) -> list[str]:
    """Return the features below the folder of a test module, for pytest-bdd's ``scenarios``.

    Those of a language's folder (``ar``) are left out: it has a test module of its own.
    """
    folder = Path(module).parent
    return [
        str(path)
        for path in sorted(folder.rglob("*.feature"))
        if path.relative_to(folder).parts[0] not in LANGUAGES
    ]
