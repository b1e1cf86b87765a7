"""What a step puts in the place of a fixture is gone when its scenario ends."""

from __future__ import annotations

from pathlib import Path

from checkout_conformance.guards.definitions import definitions_in, step_modules

ROOT = Path(__file__).parents[2]
# pytest-bdd writes a step's answer into the fixture itself, and these outlive the scenario.
OF_THE_SESSION = {"controls", "run_target", "described_target", "run_seed", "inbox", "pool"}


def test_no_step_replaces_what_belongs_to_the_whole_session() -> None:
    replaced = {one.target_fixture for one in definitions_in(step_modules(ROOT / "steps"))}
    assert "target" in replaced
    assert not replaced & OF_THE_SESSION
