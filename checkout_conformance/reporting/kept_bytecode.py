"""Compiled templates, kept by the process that compiled them.

Jinja's own cache of files outlives a run and knows only a template's source, not how it is read: a
file from an older commit, which left blank lines in its pages, was taken for this one's.
"""

from __future__ import annotations

from jinja2.bccache import Bucket, BytecodeCache


class KeptBytecode(BytecodeCache):
    """The code of each template by its key, for environments that read templates alike."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with the code that is kept for it, if its source is the same."""
        code = self._code.get(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        self._code[bucket.key] = bucket.bytecode_to_string()
