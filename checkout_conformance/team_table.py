"""The schema of the table ``[project]`` of a team's ``checkout.toml``."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError


class TableError(ValueError):
    """The table has mistakes. The message has a line for each."""


class ProjectTable(BaseModel, extra="forbid", frozen=True):
    """What a team adds to the documented procedures."""

    name: str = Field(default="own", pattern="^[a-z][a-z0-9-]*$", max_length=30)
    """How reports call the project: small letters, digits, dashes."""
    languages: list[Literal["en", "ar", "ru"]] = ["en"]
    """The languages of its clauses and labels. With ``ar`` every feature needs its Arabic twin."""
    replaces: list[str] = []
    """What of ours it replaces: ``feature FILE``, ``scenario NAME``, ``sentence TEXT``,
    ``fixture NAME`` or ``label NAME``."""

    @classmethod
    def read(cls, table: Any) -> ProjectTable:
        """Return the checked table. Raises TableError."""
        try:
            return cls.model_validate(table)
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False)
            lines = (f"  {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found)
            raise TableError("\n".join(lines)) from None
