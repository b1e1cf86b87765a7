"""The file ``evidence.zip``: a manifest, the signed envelope, the verdict and all results.

Reading trusts nothing: names stay below the folder, sizes are those of the manifest, every file has
its digest, and none is missing, added or there twice.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from checkout_conformance.reporting.basis import digest_of
from checkout_conformance.sealing.statement import MANIFEST

RESULTS = "results"
# These are read before anything is known about the archive.
MOST_BYTES_OF_ENVELOPE = 16 * 1024 * 1024
# The time of every entry: the same evidence is the same file.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


class ArchiveError(Exception):
    """An archive is not as its manifest has it. The message names the file."""


class Listed(BaseModel):
    """A file of the archive, with its size in bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    size: int = Field(ge=0)


MANIFEST_MODEL = TypeAdapter(dict[str, Listed])


def results_as_listed(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the files in folders of results, by their names in the archive."""
    return {
        f"{RESULTS}/{number}/{path.relative_to(folder).as_posix()}": path
        for number, folder in enumerate(folders, 1)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def manifest_of(files: Mapping[str, Path], texts: Mapping[str, bytes]) -> bytes:
    """Return the manifest of an archive with these files and these texts."""
    listed = {
        name: Listed(sha256=digest_of_text(text), size=len(text)) for name, text in texts.items()
    }
    listed |= {
        name: Listed(sha256=digest_of(path), size=path.stat().st_size)
        for name, path in files.items()
    }
    return MANIFEST_MODEL.dump_json(dict(sorted(listed.items())), indent=1)


def write_archive(into: Path, files: Mapping[str, Path], texts: Mapping[str, bytes]) -> None:
    """Write the archive; what was there before stays if it cannot be written. Raises OSError."""
    into.parent.mkdir(parents=True, exist_ok=True)
    partial = into.with_name(f"{into.name}.part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(texts.items()):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), text, zipfile.ZIP_DEFLATED)
        for name, path in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), path.read_bytes(), _packing(path))
    partial.replace(into)


class Archive:
    """An archive that was opened to be verified."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        names = Counter(archive.namelist())
        twice = [name for name, times in names.items() if times > 1]
        if twice:
            raise ArchiveError(f"{twice[0]} is in it twice")
        for name in names:
            if not _is_below(name):
                raise ArchiveError(f"{name!r} is no name of a file below a folder")
        self.names = frozenset(names)

    def start(self, name: str) -> bytes:
        """Return the envelope or the manifest. Raises ArchiveError."""
        return self._read(name, MOST_BYTES_OF_ENVELOPE)

    def listed(self, manifest: bytes, envelope: str) -> dict[str, Listed]:
        """Return the files of a manifest, which must be those of the archive.

        Manifest and envelope are not listed. Raises ArchiveError.
        """
        try:
            listed = MANIFEST_MODEL.validate_json(manifest)
        except ValidationError:
            raise ArchiveError(f"{MANIFEST} cannot be read") from None
        for name in sorted(listed.keys() - self.names):
            raise ArchiveError(f"{name} is missing")
        for name in sorted(self.names - listed.keys() - {MANIFEST, envelope}):
            raise ArchiveError(f"{name} was added")
        return listed

    def extract(self, listed: Mapping[str, Listed], into: Path) -> None:
        """Write the files into a folder. Raises ArchiveError if one is not as it is listed."""
        for name, one in listed.items():
            content = self._read(name, one.size)
            if len(content) != one.size or digest_of_text(content) != one.sha256:
                raise ArchiveError(f"{name} was changed")
            path = into / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def _read(self, name: str, most: int) -> bytes:
        """At most one byte more than ``most``: a small file may unpack to a huge one."""
        try:
            with self._archive.open(name) as file:
                content = file.read(most + 1)
        except KeyError:
            raise ArchiveError(f"{name} is missing") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise ArchiveError(f"{name} was changed") from None
        if len(content) > most:
            raise ArchiveError(f"{name} was changed")
        return content


def results_in(folder: Path) -> list[Path]:
    """Return the folders of results in an archive that was extracted into ``folder``."""
    return list(_numbered(folder / RESULTS))


def _numbered(folder: Path) -> Iterator[Path]:
    found = sorted(folder.iterdir(), key=lambda one: one.name.zfill(9)) if folder.is_dir() else []
    yield from (one for one in found if one.is_dir())


def digest_of_text(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    parts_are_plain = not {"", ".", ".."} & set(name.split("/"))
    return parts_are_plain and not path.is_absolute() and "\\" not in name and ":" not in name


def _packing(path: Path) -> int:
    """Pictures and zips are packed already."""
    is_packed = path.suffix in {".webp", ".png", ".jpg", ".zip", ".gz"}
    return zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
