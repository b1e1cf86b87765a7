"""What keeps a document from being exported."""

from __future__ import annotations


class ExportError(Exception):
    """A document that cannot be read or exported. The message says what to do."""
