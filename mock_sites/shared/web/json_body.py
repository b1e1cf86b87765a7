"""JSON that programs send, read strictly: one meaning, or none.

UTF-8 only; no name twice in an object, no NaN or Infinity, no nesting without end. A number with
a point or an exponent keeps the digits that were sent (:class:`JsonNumber`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

LONGEST_INTEGER = 40
Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True)
class JsonNumber:
    """A number that is no whole one, as it was written."""

    text: str


def read_json(model: type[Body], data: bytes) -> Body:
    """``data`` as ``model``. Raises ValidationError for what is not JSON or does not fit."""
    return model.model_validate(parse_json(data))


def parse_json(data: bytes) -> Any:
    """The value that ``data`` holds. Raises ValidationError for what is no strict JSON."""
    try:
        return json.loads(
            data.decode(),
            parse_float=JsonNumber,
            parse_int=_integer,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError):
        # The error itself would repeat what was sent.
        wrong = PydanticCustomError("json_invalid", "the body is not the JSON that is wanted")
        raise ValidationError.from_exception_data(
            "body", [{"type": wrong, "loc": (), "input": None}], hide_input=True
        ) from None


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_INTEGER:
        raise ValueError("too many digits")
    return int(digits)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a name stands twice in an object")
    return made
