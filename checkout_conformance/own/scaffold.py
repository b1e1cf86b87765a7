"""The files of a new project and of a new procedure, made from templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

TEMPLATES = Path(__file__).with_name("template")
SUFFIX = ".tmpl"


def write_new(kind: str, folder: Path, words: Mapping[str, str]) -> list[Path]:
    """Write every file of a kind below ``folder``; return their paths there.

    ``words`` stand for their names between @ in paths and texts. Raises FileExistsError, before
    anything is written, if one of the files is there.
    """
    files = dict(_files(kind, words))
    taken = [str(path) for path in files if (folder / path).exists()]
    if taken:
        raise FileExistsError(", ".join(taken))
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return list(files)


def addition(name: str, words: Mapping[str, str]) -> str:
    """Return what is added to a file that is there."""
    return _filled((TEMPLATES / "procedure" / f"{name}.append{SUFFIX}").read_text("utf-8"), words)


def _files(kind: str, words: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    root = TEMPLATES / kind
    for template in sorted(root.rglob(f"*{SUFFIX}")):
        path = template.relative_to(root).as_posix().removesuffix(SUFFIX)
        if not path.endswith(".append"):
            yield Path(_filled(path, words)), _filled(template.read_text("utf-8"), words)


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, value in words.items():
        text = text.replace(f"@{name}@", value)
    return text
