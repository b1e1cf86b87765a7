"""The garbage collector works in a run, but not on what lasts as long as the run."""

from __future__ import annotations

import gc

import pytest

import checkout_conformance.plugin


def test_the_collector_looks_at_new_objects_only(request: pytest.FixtureRequest) -> None:
    assert gc.isenabled()
    new = [object()]
    looked_at = {id(one) for one in gc.get_objects()}
    assert id(new) in looked_at
    assert id(request.node) not in looked_at
    assert id(vars(checkout_conformance.plugin)) not in looked_at
