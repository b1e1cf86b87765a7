"""The pytest plugin of a team's own project: its steps, and what it may not replace silently."""

from __future__ import annotations

import pytest

from checkout_conformance.evidence.allure_labels import feature_file, scenario_of
from checkout_conformance.own.shadows import shadows_of
from checkout_conformance.plan import is_replaced
from checkout_conformance.project import own_modules
from checkout_conformance.team import ProjectError, team

# After ours: of two fixtures pytest takes the one that was loaded later.
pytest_plugins = own_modules("steps")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Refuse to run if something of ours would be replaced silently."""
    own = team()
    if own is None or hasattr(config, "workerinput"):
        return
    try:
        found = list(shadows_of(own, config.pluginmanager.get_plugins()))
    except (ProjectError, ValueError) as error:
        raise pytest.UsageError(str(error)) from None
    if found:
        raise pytest.UsageError("\n".join(found))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the scenarios of ours that the project replaces by name."""
    replaced = [item for item in items if _is_replaced(item)]
    if replaced:
        config.hook.pytest_deselected(items=replaced)
        items[:] = [item for item in items if item not in replaced]


def _is_replaced(item: pytest.Item) -> bool:
    scenario = scenario_of(item)
    if scenario is None:
        return False
    feature = feature_file(scenario)
    return ":" not in feature and is_replaced(feature, scenario.name)
