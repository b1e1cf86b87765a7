"""Read a target file: its settings, the data of the features, and every mistake with its line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource

from checkout_conformance.content import content
from checkout_conformance.data import DataMistakes, Mistake, nearest
from checkout_conformance.targets.file import SafetyRefusal, TargetError, TargetFile
from checkout_conformance.targets.toml_lines import line_of
from checkout_conformance.targets.values import REFUSED
from checkout_conformance.team import TABLE

SECRET_WORDS = ("password", "token", "secret", "secret_key", "key", "control_token", "private_key")


def read_file(path: Path) -> TargetFile:
    """Return the settings of a target file. Raises TargetError with each mistake and its line."""
    try:
        text = path.read_text(encoding="utf-8")
        written = tomllib.loads(text)
    except OSError as error:
        raise TargetError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise TargetError(f"{path} is not TOML: it is not text in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise TargetError(f"{path} is not TOML: {error}") from None

    class FromFile(TargetFile):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return env_settings, InitSettingsSource(settings_cls, init_kwargs=settings)

    tables, settings = _parted(written, path.parent)
    mistakes: list[Mistake] = []
    file: TargetFile | None = None
    refused = False
    data = content().data.reference()
    try:
        file = FromFile()
    except ValidationError as error:
        refused = any(one["type"] == REFUSED for one in error.errors(include_url=False))
        mistakes += _mistakes(error)
    try:
        data = data.overridden(tables)
    except DataMistakes as error:
        mistakes += error.mistakes
    if mistakes or file is None:
        kind = SafetyRefusal if refused else TargetError
        raise kind("\n".join(_told(path, text, mistakes)))
    file._data = data if tables else None
    return file


def _parted(written: dict[str, Any], folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part the data of the features from the settings, whose paths are seen from the file."""
    names = content().data.model_fields
    tables = {key: value for key, value in written.items() if key in names}
    # [project] is not about the target.
    settings = {key: value for key, value in written.items() if key not in (*names, TABLE)}
    mocks = settings.get("mocks")
    if isinstance(mocks, dict) and isinstance(mocks.get("keys_file"), str):
        settings["mocks"] = {**mocks, "keys_file": str(folder / mocks["keys_file"])}
    return tables, settings


def _mistakes(error: ValidationError) -> Iterator[Mistake]:
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        where = tuple(part for part in one["loc"] if part != "[key]")
        yield where, _in_our_words(one, where)


def _told(path: Path, text: str, mistakes: Sequence[Mistake]) -> Iterator[str]:
    yield f"{path.name} has {len(mistakes)} mistake{'s' if len(mistakes) > 1 else ''}:"
    for where, what in mistakes:
        line = line_of(text, where)
        name = ".".join(map(str, where))
        place = f"line {line}" if line else "the file"
        yield f"  {place}: {name}{': ' if name else ''}{what}"


def _in_our_words(one: Any, where: Sequence[str | int]) -> str:
    last = str(where[-1]) if where else ""
    if one["type"] == "extra_forbidden" and last in SECRET_WORDS:
        return f"no secret belongs into the file; name its environment variable as {last}_env"
    if one["type"] == "extra_forbidden":
        if len(where) == 1:
            known = [*TargetFile.model_fields, *content().data.model_fields]
            return f"there is no such setting: {nearest(last, known)}"
        return "there is no such setting; look into targets/staging.example.toml"
    if one["type"] == "missing":
        return "is missing"
    return str(one["msg"]).removeprefix("Value error, ")
