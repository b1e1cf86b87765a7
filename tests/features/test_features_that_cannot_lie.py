"""Features that look green and check nothing are found here, not in a report.

That each guard does find what it looks for is shown by ``test_feature_guards.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pytest_bdd.steps import StepFunctionContext

from checkout_conformance.clauses import read_clauses
from checkout_conformance.guards import rules as guards
from checkout_conformance.guards.definitions import definitions_in, step_modules
from checkout_conformance.guards.files import FeatureFile, read_features
from steps.support.sentences import SENTENCES

ROOT = Path(__file__).parents[2]


def show(findings: Iterable[str]) -> None:
    """Fail with every finding on a line of its own."""
    found = list(findings)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture(scope="module")
def features() -> list[FeatureFile]:
    return read_features(ROOT / "features")


@pytest.fixture(scope="module")
def definitions() -> list[StepFunctionContext]:
    return definitions_in(step_modules(ROOT / "steps"))


class TestOurOwn:
    def test_there_are_features_and_steps(
        self, features: list[FeatureFile], definitions: list[StepFunctionContext]
    ) -> None:
        assert features
        assert definitions

    @pytest.mark.parametrize("guard", guards.OF_FEATURES)
    def test_features(
        self, features: list[FeatureFile], guard: Callable[..., guards.Findings]
    ) -> None:
        show(guard(features))

    @pytest.mark.parametrize("guard", guards.OF_CLAUSES)
    def test_clauses(
        self, features: list[FeatureFile], guard: Callable[..., guards.Findings]
    ) -> None:
        show(guard(features, read_clauses()))

    @pytest.mark.parametrize("guard", guards.OF_STEPS)
    def test_steps(
        self,
        features: list[FeatureFile],
        definitions: list[StepFunctionContext],
        guard: Callable[..., guards.Findings],
    ) -> None:
        show(guard(features, definitions))

    @pytest.mark.parametrize("guard", guards.OF_TRANSLATIONS)
    def test_translations(
        self, definitions: list[StepFunctionContext], guard: Callable[..., guards.Findings]
    ) -> None:
        show(guard(definitions, SENTENCES))

    def test_every_step_module_is_loaded(self, pytestconfig: pytest.Config) -> None:
        plugins = pytestconfig.pluginmanager
        modules = [module for module in step_modules(ROOT / "steps") if definitions_in([module])]
        show(module.__name__ for module in modules if not plugins.has_plugin(module.__name__))

    def test_no_step_is_async(self, definitions: list[StepFunctionContext]) -> None:
        show(guards.async_definitions(definitions))

    def test_every_sentence_of_a_step_keeps_its_answer(
        self, definitions: list[StepFunctionContext]
    ) -> None:
        show(guards.functions_of_two_fixtures(definitions))

    def test_a_step_replaces_only_fixtures_of_its_scenario(
        self, definitions: list[StepFunctionContext], request: pytest.FixtureRequest
    ) -> None:
        # pytest-bdd overwrites what is cached: another scenario would get the replaced value.
        manager = request.session._fixturemanager
        names = {one.target_fixture for one in definitions if one.target_fixture}
        known = {name: manager.getfixturedefs(name, request.node) or () for name in names}
        assert known["target"]
        show(name for name in names if any(one.scope != "function" for one in known[name]))

    def test_the_harness_knows_the_mock_sites_by_http_only(self) -> None:
        sources = [*(ROOT / "steps").rglob("*.py"), ROOT / "conftest.py"]
        show(guards.imports_of("mock_sites", sources))
