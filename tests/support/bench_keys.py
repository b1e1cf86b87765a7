"""The keys of the benches: RSA keys take a tenth of a second each, so all benches share them."""

from __future__ import annotations

from functools import cache

from mock_sites.shared.runtime.settings import Keys


@cache
def _made_once() -> Keys:
    return Keys()


def bench_keys() -> Keys:
    """Keys for a stack on a bench; a copy, so that no test changes another's."""
    return _made_once().model_copy(deep=True)
