"""The data of the features: one described set, which a target file overrides key by key.

A project derives its own model from ``DescribedData`` and names it in ``CONTENT.data``; the
values of the reference stand in ``features/data.toml``. Each field of the model is also a key of
a target file, in the same shape. What the file does not say is as in the reference.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ValidationError

from checkout_conformance.project import FEATURES

DATA = FEATURES / "data.toml"
# Where in a target file a mistake is, and what is wrong.
Mistake = tuple[tuple[str | int, ...], str]


class DataError(LookupError):
    """The data lacks what a feature names, or a target file describes what no feature needs."""


class DataMistakes(ValueError):
    """A target file describes the data wrongly. It has each mistake with its place."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("; ".join(what for _, what in mistakes))
        self.mistakes = mistakes


class DataTable(BaseModel, extra="forbid", frozen=True):
    """A table of the data."""


class DescribedData(DataTable):
    """All data of a project's features."""

    paths: Mapping[str, Mapping[str, str]] = {}
    """The paths of pages that are opened by their address, by site and name."""

    @property
    def labels(self) -> Mapping[str, str]:
        """What the pages call a thing, by its name in the glossary."""
        return {}

    @property
    def values(self) -> Mapping[str, str]:
        """What is typed or shown on this target, by the words that the features quote for it."""
        return {}

    def lines(self) -> Iterator[str]:
        """The data in lines for people, each with the keys that lead to it."""
        yield from _lines(self.model_dump(mode="json", exclude_none=True), "")

    @classmethod
    def reference(cls, path: Path = DATA) -> Self:
        """Return the data that the features are written with."""
        found: Self = _reference(cls, path)
        return found

    def overridden(self, tables: Mapping[str, Any]) -> Self:
        """Return this data with what the tables of a target file replace.

        Raises DataMistakes with everything that is wrong in the tables.
        """
        if unknown := [*_unknown(self, tables, ())]:
            raise DataMistakes(unknown)
        try:
            return self.model_validate(_merged(self.model_dump(), tables))
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False, include_context=False)
            raise DataMistakes(
                [(tuple(one["loc"]), one["msg"].removeprefix("Value error, ")) for one in found]
            ) from None


DataT = TypeVar("DataT", bound=DescribedData)


class CurrentData:
    """The data of this process's run: that of its target, else the reference."""

    def __init__(self) -> None:
        self._of_target: DescribedData | None = None

    def use(self, data: DescribedData | None) -> None:
        """Use the data of a target from now on; None: the reference."""
        self._of_target = data

    @contextmanager
    def overridden(self, tables: Mapping[str, Any], model: type[DescribedData]) -> Iterator[None]:
        """Use other values for a while. Raises DataMistakes."""
        before = self._of_target
        self._of_target = self.of(model).overridden(tables)
        try:
            yield
        finally:
            self._of_target = before

    def of(self, model: type[DataT]) -> DataT:
        """Return the data, which is of the project's own model."""
        data = self._of_target
        return data if isinstance(data, model) else model.reference()


# What steps read their data from: a sentence is read before any fixture is there to ask.
CURRENT = CurrentData()


@cache
def _reference(model: type[DescribedData], path: Path) -> Any:
    return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def nearest(name: str, names: list[str]) -> str:
    """Say which names a wrong one may stand for: ``did you mean 'Felt slippers'?``"""
    near = get_close_matches(name, names, n=3, cutoff=0.5) or sorted(names)[:3]
    return f"did you mean {' or '.join(map(repr, near))}?" if near else "there is none"


def _unknown(
    data: object, tables: Mapping[str, Any], where: tuple[str | int, ...]
) -> Iterator[Mistake]:
    """The keys that the reference does not have: nothing would ask for them."""
    for key, value in tables.items():
        place = (*where, key)
        if isinstance(data, BaseModel):
            names, inner = [*type(data).model_fields], getattr(data, key, None)
        elif isinstance(data, Mapping):
            names, inner = [*data], data.get(key)
        else:
            continue
        if key not in names:
            yield place, f"the features know no {key!r} here: {nearest(key, names)}"
        elif isinstance(value, Mapping):
            yield from _unknown(inner, value, place)


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    both = dict(base)
    for key, value in over.items():
        before = both.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            both[key] = _merged(before, value)
        else:
            both[key] = value
    return both


def _lines(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _lines(inner, f"{where}.{key}".lstrip("."))
    else:
        yield f"{where} = {value}"
