"""Which part of the features a run was to try: all of them, or a selection of the user's.

A run records in its results what chose (``-m C2``) and which scenarios that left, so that a report
does not have to guess. What a target does not offer is no selection, and neither are the parts of
a suite that several machines share: together they are a whole.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from pydantic import BaseModel, ValidationError

from checkout_conformance.plan import TEST_MODULES, Key
from checkout_conformance.project import FEATURES
from checkout_conformance.reporting.allure_html import ReportError, short

RECORD = "choice.json"
# Pytest's options that leave scenarios out by themselves, by their names there.
WITH_WORDS = {"markexpr": "-m", "keyword": "-k"}
WITHOUT_WORDS = {"lf": "--lf", "stepwise": "--stepwise"}
# allure-pytest's options that do: sets and lists of values, empty unless given.
BY_LABEL = {
    f"allure_{name}": f"--allure-{name}"
    for name in ("severities", "epics", "features", "stories", "ids", "labels")
}


class Choice(BaseModel):
    """What one run was to try."""

    # The options and paths that left scenarios out, as they were typed; empty for a whole run.
    options: list[str]
    # The scenarios that were to be run; None until they are collected.
    scenarios: list[Key] | None = None

    @property
    def is_selection(self) -> bool:
        """Whether the user chose a part."""
        return bool(self.options)


@dataclass(frozen=True)
class Selection:
    """What the selections of one or more runs chose: scenarios, by the folder of the results."""

    options: tuple[str, ...]
    scenarios: Mapping[Path, frozenset[Key]]
    # Whether all of them came to know their scenarios, and have none.
    is_empty: bool = False


def selection_in(folders: Iterable[Path]) -> Selection | None:
    """The selection that these folders of results hold together; None if they hold a whole.

    Several selections are a selection; beside a whole run they are a part of it. Raises
    ReportError for a record that cannot be read.
    """
    choices = {folder: read_choice(folder) for folder in folders}
    if not all(choice and choice.is_selection for choice in choices.values()):
        return None
    chosen = {folder: choice for folder, choice in choices.items() if choice}
    return Selection(
        options=tuple(dict.fromkeys(" ".join(choice.options) for choice in chosen.values())),
        scenarios={folder: frozenset(choice.scenarios or ()) for folder, choice in chosen.items()},
        is_empty=all(choice.scenarios == [] for choice in chosen.values()),
    )


def read_choice(folder: Path) -> Choice | None:
    """What a folder of results says of its run; None if it says nothing.

    Raises ReportError if it cannot be read.
    """
    file = folder / RECORD
    try:
        return Choice.model_validate_json(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, ValidationError):
        raise ReportError(
            f"{short(file)}, which says what the run was to try, cannot be read. Run it again."
        ) from None


def write_choice(folder: Path, choice: Choice) -> None:
    """Keep it in a folder of results. Workers write the same: a reader finds one of them whole."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECORD).write_text(choice.model_dump_json(indent=1), encoding="utf-8")


def chosen_by(
    options: Namespace, paths: Sequence[str], root: Path, here: Path, features: Path = FEATURES
) -> list[str]:
    """The words of a pytest command that leave out scenarios of the features; none for a whole.

    ``paths`` are the files, folders and node ids of the command; they and ignored ones are seen
    from the folder ``here``, deselected node ids from ``root``.
    """
    words = [*_expressions(options), *_left_out(options, root, here, features)]
    if not _take_in_an_edition(paths, here, features):
        words += _of_features(paths, here, features)
    return words


def _expressions(options: Namespace) -> Iterator[str]:
    for name, flag in WITH_WORDS.items():
        if words := getattr(options, name, ""):
            yield f"{flag} '{words}'" if " " in words else f"{flag} {words}"
    for name, flag in WITHOUT_WORDS.items():
        if getattr(options, name, False):
            yield flag
    yield from (flag for name, flag in BY_LABEL.items() if getattr(options, name, None))


def _left_out(options: Namespace, root: Path, here: Path, features: Path) -> Iterator[str]:
    for start in getattr(options, "deselect", None) or ():
        # Pytest compares the beginning of node ids: half a file's name is enough.
        if _is_beginning(str(root / start), str(features)):
            yield f"--deselect {start}"
    for path in getattr(options, "ignore", None) or ():
        if _touches(here / path, features):
            yield f"--ignore {path}"
    modules = list(features.rglob(TEST_MODULES))
    for glob in getattr(options, "ignore_glob", None) or ():
        places = (str(place) for module in modules for place in (module, *module.parents))
        if any(fnmatch(place, str(here / glob)) for place in places):
            yield f"--ignore-glob {glob}"


def _is_beginning(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _touches(path: Path, features: Path) -> bool:
    return path.is_relative_to(features) or features.is_relative_to(path)


def _take_in_an_edition(paths: Sequence[str], here: Path, features: Path) -> bool:
    """Whether they have every test module of the English features, or of those in a language."""
    editions: dict[str, list[Path]] = {}
    for module in features.rglob(TEST_MODULES):
        folder = module.relative_to(features).parts[0] if module.parent != features else ""
        editions.setdefault(folder, []).append(module)
    given = [(here / path).resolve() for path in paths if "::" not in path]
    return any(
        all(any(module.is_relative_to(path) for path in given) for module in modules)
        for modules in editions.values()
    )


def _of_features(paths: Sequence[str], here: Path, features: Path) -> list[str]:
    """Those of the paths that are about the features; if none is, all of them."""
    about = [one for one in paths if _touches((here / one.partition("::")[0]).resolve(), features)]
    return about or list(paths)
