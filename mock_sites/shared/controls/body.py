"""The body of a control's request."""

from __future__ import annotations

from typing import TypeVar

from flask import request
from pydantic import BaseModel

from ..web.json_body import parse_json

Body = TypeVar("Body", bound=BaseModel)


def body_as(model: type[Body]) -> Body:
    """The request's JSON as ``model``; what does not fit exactly is answered with 422."""
    data = request.get_data()
    parse_json(data)
    return model.model_validate_json(data, strict=True)
