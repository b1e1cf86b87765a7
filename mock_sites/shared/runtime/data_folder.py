"""The folder in which a stack keeps its data: who has it, and files that are written whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

READABLE = "It must be a text file that you may read."


class DataError(Exception):
    """Data that cannot be used. The message names the file and says what to do about it."""


def write_whole(file: Path, text: str) -> None:
    """Write a file for its owner alone, so that a crash leaves the old text or the new one.

    Raises OSError.
    """
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with open(new, "w", opener=_for_the_owner, encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def read_text(file: Path) -> str | None:
    """The text of a file; None if there is no such file.

    Raises DataError if it cannot be read or is no text.
    """
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot read {file}: {_why(error)}. {READABLE}") from None


@contextmanager
def held_folder(folder: Path, sites: Iterable[str]) -> Iterator[None]:
    """Make the folder if it is not there, and hold it for these sites while the block runs.

    A process that dies lets go of it. Raises DataError if the folder cannot be written, or
    another process serves one of the sites from it.
    """
    with ExitStack() as held:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for site in sites:
                held.enter_context(_held(folder / f"{site}.lock", folder, site))
        except OSError as error:
            raise DataError(
                f"cannot keep data in {folder}: {_why(error)}."
                " Name a folder that you may write into with --data."
            ) from None
        yield


@contextmanager
def _held(file: Path, folder: Path, site: str) -> Iterator[None]:
    # Without write permission the lock would wait; this raises an error.
    file.touch()
    try:
        lock = FileLock(file, blocking=False).acquire()
    except Timeout:
        raise DataError(
            f"{folder} is in use: {_holder(file)} serves the {site} from it."
            " Stop that process, or name another folder with --data."
        ) from None
    with lock:
        file.write_text(str(os.getpid()))
        yield


def _holder(file: Path) -> str:
    number = read_text(file)
    return f"process {number}" if number else "another process"


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _why(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not text"
    return (error.strerror or str(error)).lower()
