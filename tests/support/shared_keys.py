"""The keys that all tests share: RSA keys take a tenth of a second each to make."""

from __future__ import annotations

from functools import cache

from mock_sites.shared.runtime.keys import Keys


@cache
def _made_once() -> Keys:
    return Keys()


def shared_keys() -> Keys:
    """Return keys for a stack; a copy, so that no test changes another's."""
    return _made_once().model_copy(deep=True)
