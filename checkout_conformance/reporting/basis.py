"""What a run judges by: digests of the features, steps, deviants and target file, tool versions.

A run writes it beside its results when it begins. Results that were judged by other features than
the reader's prove something else than the reader thinks.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import version as version_of
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from checkout_conformance.project import OWN, OWN_PACKAGE, ROOT, version
from checkout_conformance.reporting.allure_html import ReportError, short

RECORD = "basis.json"
TARGET = "target file "
# The parts of the content that decide a verdict, and the files that count in each.
JUDGED_BY = {"features": (".feature", ".toml"), "steps": (".py",), "deviants": (".py", ".toml")}
TOOLS = ("allure-pytest", "playwright", "pytest", "pytest-bdd", "pytest-playwright")


class Basis(BaseModel):
    """What a run judges by.

    ``files``: the SHA-256 of each file, by its path in the project; that of the target file by its
    name alone. ``tools``: versions, by name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: dict[str, str]
    tools: dict[str, str]

    @property
    def digest(self) -> str:
        """One SHA-256 for all that it judges by; target files do not count."""
        return hashlib.sha256(repr(sorted(_content(self.files).items())).encode()).hexdigest()

    def differences(self, other: Basis) -> Iterator[str]:
        """Yield, in words, where ``other`` judges by other files; target files do not count."""
        here, there = _content(self.files), _content(other.files)
        for name in sorted(here.keys() | there.keys()):
            if name not in there:
                yield f"{name} is not here"
            elif name not in here:
                yield f"{name} was not part of it"
            elif here[name] != there[name]:
                yield f"{name} is another version"


BASES = TypeAdapter(list[Basis])


def basis_of(root: Path = ROOT, target: Path | None = None) -> Basis:
    """Return what a run in the project at ``root`` judges by now, on this target file."""
    files = {path.relative_to(root).as_posix(): digest_of(path) for path in _content_files(root)}
    if OWN and root == ROOT:
        own_files = (*_content_files(OWN), *_code_of_project(OWN))
        for path in own_files:
            files[f"{OWN_PACKAGE}/{path.relative_to(OWN).as_posix()}"] = digest_of(path)
    if target:
        files[f"{TARGET}{target.name}"] = digest_of(target)
    tools = {name: version_of(name) for name in TOOLS}
    own = {"checkout-conformance": version(), "python": platform.python_version()}
    return Basis(files=files, tools={**own, **tools})


def _code_of_project(folder: Path) -> Iterator[Path]:
    """The page objects of a team's project, and what it adds to the mock sites."""
    for part in ("pages", "mocks"):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def add_basis(folder: Path, basis: Basis) -> None:
    """Add it to those in a folder of results: several runs may leave their results in one."""
    known = _read(folder) if (folder / RECORD).exists() else []
    if basis not in known:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RECORD).write_bytes(BASES.dump_json([*known, basis], indent=1))


def basis_in(folders: Sequence[Path]) -> Basis:
    """Return what the results in all these folders were judged by.

    Raises ReportError if a folder does not say it, or if it was not the same everywhere.
    """
    bases = [basis for folder in folders for basis in _read(folder)]
    for other in bases[1:]:
        first = next(bases[0].differences(other), None)
        if first:
            raise ReportError(f"the results were judged by different features: {first}. Run again.")
    return bases[0].model_copy(
        update={"files": {name: one for basis in bases for name, one in basis.files.items()}}
    )


def _content_files(root: Path) -> Iterator[Path]:
    for folder, suffixes in JUDGED_BY.items():
        yield from (path for path in sorted((root / folder).rglob("*")) if path.suffix in suffixes)


def _content(files: dict[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in files.items() if not name.startswith(TARGET)}


def _read(folder: Path) -> list[Basis]:
    file = folder / RECORD
    try:
        found = BASES.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        found = []
    if not found:
        raise ReportError(
            f"{short(file)}, which says what the results were judged by, cannot be read. Run again."
        )
    return found
