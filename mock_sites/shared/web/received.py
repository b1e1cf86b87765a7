"""The base of every model of what another program sends: which texts it takes, and no others.

Every string of such a model, at whatever depth, is readable and holds no card number; a field
that is to hold one says so with ``CardNumber``. Errors never repeat what was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ..values.card_number_detection import holds_card_number
from ..values.text_rules import is_readable


@dataclass(frozen=True)
class CardNumber:
    """Marks the one kind of field in which a card number is meant: ``Annotated[str, …]``."""


class Received(BaseModel):
    """The base of the models of what another program sends."""

    model_config = ConfigDict(hide_input_in_errors=True, allow_inf_nan=False)

    @field_validator("*")
    @classmethod
    def _usable_texts(cls, value: Any, info: ValidationInfo) -> Any:
        meant = cls.model_fields[info.field_name or ""].metadata
        for text in _texts_in(value):
            if not is_readable(text):
                raise PydanticCustomError("text.unreadable", "characters that cannot be kept")
            if CardNumber() not in meant and holds_card_number(text):
                raise PydanticCustomError(
                    "text.card-number", "this looks like a card number; do not send it here"
                )
        return value


def _texts_in(value: Any) -> Iterator[str]:
    """The strings in a value; a model inside it has judged its own."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts_in(key)
            yield from _texts_in(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _texts_in(each)
