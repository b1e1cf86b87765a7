"""A team's own project: what the table ``[project]`` of its ``checkout.toml`` says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from checkout_conformance.project import FEATURES, OWN, OWN_FILE

if TYPE_CHECKING:
    from checkout_conformance.team_table import ProjectTable

TABLE = "project"
# What of ours a project may replace, by the first word of an entry of ``replaces``.
KINDS = ("feature", "scenario", "sentence", "fixture", "label")


class ProjectError(Exception):
    """The team's project cannot be used. The message says where, and what to do."""


@dataclass(frozen=True)
class Team:
    """The project of a team, in a folder."""

    folder: Path
    table: ProjectTable

    @property
    def features(self) -> Path:
        """The folder of its features, clauses and glossary."""
        return self.folder / "features"

    def replaced(self, kind: str) -> frozenset[str]:
        """Return the names of ours that it replaces, of a kind."""
        opening = f"{kind} "
        found = (one for one in self.table.replaces if one.startswith(opening))
        return frozenset(one.removeprefix(opening).strip() for one in found)


@cache
def team() -> Team | None:
    """Return the team's project; None if there is none. Raises ProjectError."""
    return read_team(OWN) if OWN else None


def read_team(folder: Path) -> Team:
    """Return the project in a folder. Raises ProjectError with each mistake."""
    # Not at the top: a command starts without pydantic where there is no project.
    from checkout_conformance.team_table import ProjectTable, TableError

    file = folder / OWN_FILE
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get(TABLE, {})
        found = ProjectTable.read(table)
    except OSError as error:
        raise ProjectError(f"{file} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProjectError(f"{file} is not TOML: {error}") from None
    except TableError as error:
        raise ProjectError(f"{OWN_FILE}, [{TABLE}]:\n{error}") from None
    for one in found.replaces:
        if one.partition(" ")[0] not in KINDS or not one.partition(" ")[2].strip():
            kinds = ", ".join(KINDS)
            raise ProjectError(
                f"{OWN_FILE}: replaces has {one!r}; begin with one of {kinds}, then the name"
            )
    return Team(folder, found)


def feature_roots() -> dict[str, Path]:
    """Return the folders of features by the beginning of their labels: ours has none."""
    own = team()
    return {"": FEATURES, **({f"{own.table.name}:": own.features} if own else {})}


def path_of(label: str) -> Path:
    """Return the file of a feature, by its name in reports; it need not be there."""
    beginning, colon, name = label.rpartition(":")
    return feature_roots().get(f"{beginning}{colon}", FEATURES) / name


def label_of(path: Path) -> str | None:
    """Return the name of a feature in reports: ``wallet/x.feature``, ``acme:x.feature``.

    None for a file in neither folder of features.
    """
    for beginning, folder in feature_roots().items():
        if path.is_relative_to(folder.resolve()):
            return beginning + path.relative_to(folder.resolve()).as_posix()
    return None
