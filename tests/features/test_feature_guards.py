"""Each guard finds what is wrong on purpose, and nothing in what is right."""

from __future__ import annotations

import importlib.util
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from pytest_bdd.steps import StepFunctionContext

from checkout_conformance.clauses import Clause, Document, Procedure
from checkout_conformance.guards import rules as guards
from checkout_conformance.guards.definitions import definitions_in
from checkout_conformance.guards.files import FeatureFile, read_features
from checkout_conformance.sentences import Edition, Sentences


@pytest.fixture
def sample(tmp_path: Path) -> Callable[[str], list[FeatureFile]]:
    """Writes a feature and reads it."""

    def write(text: str) -> list[FeatureFile]:
        (tmp_path / "sample.feature").write_text(textwrap.dedent(text), encoding="utf-8")
        return read_features(tmp_path)

    return write


Sample = Callable[[str], list[FeatureFile]]

GOOD = """
    Feature: Paying
      Background:
        Given a buyer

      Scenario: The whole way
        # X1.1  the menu
        When the buyer pays
        # X1.2  the end
        Then it is paid

      @X1.1
      Rule: The menu
        Scenario Outline: Amounts
          When the buyer pays <amount>
          Then it is paid
          Examples:
            | amount |
            | <b>1   |

      @X1.2
      Rule: The end
        Scenario: It ends
          Then it is paid
    """


def clauses(*ids: str) -> dict[str, Clause]:
    return {
        one: Clause(one, Procedure("X1", Document("X", {}), {}), position, {}, {})
        for position, one in enumerate(ids)
    }


class TestSamples:
    @pytest.mark.parametrize("guard", guards.OF_FEATURES)
    def test_nothing_is_found_in_a_good_one(
        self, sample: Sample, guard: Callable[..., guards.Findings]
    ) -> None:
        assert list(guard(sample(GOOD))) == []

    @pytest.mark.parametrize("guard", guards.OF_CLAUSES)
    def test_no_clause_is_missed_in_a_good_one(
        self, sample: Sample, guard: Callable[..., guards.Findings]
    ) -> None:
        assert list(guard(sample(GOOD), clauses("X1.1", "X1.2"))) == []

    def test_a_clause_without_a_walk(self, sample: Sample) -> None:
        found = guards.clauses_without_a_walk(sample(GOOD), clauses("X1.1", "X1.2", "X1.3"))
        assert list(found) == ["X1.3: no step of a walk"]

    def test_a_clause_whose_comment_has_no_step(self, sample: Sample) -> None:
        text = GOOD.replace("# X1.2  the end", "# X1.2  the end\n        # X1.3  more")
        found = guards.clauses_without_a_walk(sample(text), clauses("X1.1", "X1.2", "X1.3"))
        assert list(found) == ["X1.2: no step of a walk"]

    def test_a_clause_without_a_rule(self, sample: Sample) -> None:
        found = guards.clauses_without_a_rule(sample(GOOD), clauses("X1.1", "X1.2", "X1.3"))
        assert list(found) == ["X1.3: no scenario under a Rule"]

    @pytest.mark.parametrize("slip", ["# X1.9  the end", "# x1.2 the end", "# X1,2 the end"])
    def test_an_unknown_clause_in_a_comment(self, sample: Sample, slip: str) -> None:
        text = GOOD.replace("# X1.2  the end", slip)
        found = guards.unknown_clauses(sample(text), clauses("X1.1", "X1.2"))
        assert list(found) == [f"sample.feature:9: {slip.split()[1]}"]

    def test_an_unknown_clause_in_a_tag(self, sample: Sample) -> None:
        found = guards.unknown_clauses(sample(GOOD), clauses("X1.1"))
        assert list(found) == ["sample.feature:9: X1.2", "sample.feature:21: @X1.2"]

    def test_a_walk_in_another_order(self, sample: Sample) -> None:
        found = guards.walks_out_of_order(sample(GOOD), clauses("X1.2", "X1.1"))
        assert list(found) == ["sample.feature:6: X1.1 X1.2"]

    def test_a_step_above_the_first_clause(self, sample: Sample) -> None:
        text = GOOD.replace("        # X1.1  the menu\n", "")
        found = guards.steps_without_a_clause(sample(text))
        assert list(found) == ["sample.feature:7: the buyer pays"]

    def test_two_clauses_for_one_scenario(self, sample: Sample) -> None:
        found = guards.scenarios_of_two_clauses(sample(GOOD.replace("@X1.2", "@X1.2 @X1.1")))
        assert list(found) == ["sample.feature:23: X1.1 X1.2"]

    def test_a_name_twice(self, sample: Sample) -> None:
        found = guards.errors_at_collection(sample(GOOD.replace("It ends", "The whole way")))
        error = "several scenarios are called 'The whole way': only one of them would run"
        assert list(found) == [f"sample.feature:{line}: {error}" for line in (6, 23)]

    def test_an_empty_scenario(self, sample: Sample) -> None:
        [found] = guards.errors_at_collection(sample(GOOD + "    Scenario: Nothing\n"))
        assert found.startswith("sample.feature:25: 'Nothing' has no steps")

    @pytest.mark.parametrize(
        ("rows", "where"),
        [
            ("", "14: 'Amounts' has no Examples"),
            ("Examples:\n", "17: these Examples of 'Amounts' have no rows"),
            ("Examples:\n            | amount |\n", "17: these Examples of 'Amounts' have no"),
        ],
    )
    def test_an_outline_without_rows(self, sample: Sample, rows: str, where: str) -> None:
        before, _, after = GOOD.partition("Examples:")
        text = before + rows + after[after.index("\n      @X1.2") :]
        [found] = guards.errors_at_collection(sample(text))
        assert found.startswith(f"sample.feature:{where}")

    def test_one_of_two_tables_without_rows(self, sample: Sample) -> None:
        text = GOOD.replace("          Examples:", "          Examples:\n          Examples:")
        [found] = guards.errors_at_collection(sample(text))
        assert found.startswith("sample.feature:17: these Examples of 'Amounts' have no rows")

    @pytest.mark.parametrize("taken", ["target", "locale", "device", "browser"])
    def test_a_column_with_a_name_that_the_evidence_has(self, sample: Sample, taken: str) -> None:
        text = GOOD.replace("| amount |", f"| {taken} |").replace("<amount>", f"<{taken}>")
        [found] = guards.errors_at_collection(sample(text))
        assert f"a column of Examples cannot be called {taken}" in found

    def test_an_outline_without_rows_in_another_language(self, sample: Sample) -> None:
        text = """
            # language: ru
            Функция: Оплата
              Структура сценария: Суммы
                Когда покупатель платит <сумма>
            """
        [found] = guards.errors_at_collection(sample(text))
        assert found.startswith("sample.feature:4: 'Суммы' has no Examples")

    @pytest.mark.parametrize("tag", ["@mobile", "@X1.1"])
    def test_examples_with_a_tag_that_reports_go_by(self, sample: Sample, tag: str) -> None:
        text = GOOD.replace("          Examples:", f"          {tag}\n          Examples:")
        [found] = guards.errors_at_collection(sample(text))
        assert found.startswith(f"sample.feature:17: {tag} cannot stand above Examples")

    def test_a_placeholder_without_a_column(self, sample: Sample) -> None:
        found = guards.unfilled_placeholders(sample(GOOD.replace("| amount |", "| sum    |")))
        assert list(found) == ["sample.feature:15: the buyer pays <amount>"]

    def test_tagged_examples(self, sample: Sample) -> None:
        text = GOOD.replace("          Examples:", "          @slow\n          Examples:")
        assert list(guards.tagged_examples(sample(text))) == ["sample.feature:18: Amounts"]

    @pytest.mark.parametrize(
        "steps",
        [
            "When the buyer pays\n          Then it is paid\n          When the buyer pays",
            "\n          ".join(["Then it is paid"] * 6),
        ],
        ids=["two Whens", "six steps"],
    )
    def test_a_rule_that_is_a_walk(self, sample: Sample, steps: str) -> None:
        before, _, _ = GOOD.rpartition("Then it is paid")
        assert list(guards.long_rules(sample(before + steps))) == ["sample.feature:23: It ends"]

    def test_an_import(self, tmp_path: Path) -> None:
        sources = [tmp_path / "a.py", tmp_path / "b.py", tmp_path / "c.py"]
        for source, text in zip(
            sources,
            [
                "import mock_sites.shared.values.money as m",
                "def f():\n    from mock_sites import money",
                "import steps",
            ],
            strict=True,
        ):
            source.write_text(text)
        found = guards.imports_of("mock_sites", sources)
        assert list(found) == ["a.py: mock_sites.shared.values.money", "b.py: mock_sites"]


STEPS = """
from checkout_conformance.sentences import Sentences

SENTENCES = Sentences({}, [])
given, when, then = SENTENCES.given, SENTENCES.when, SENTENCES.then

@given("a buyer")
def _(): ...

@when("the buyer pays", "the buyer pays {amount}")
def _(): ...

@then("it is paid")
def _(): ...
"""


@pytest.fixture
def library(tmp_path: Path) -> Callable[[str], list[StepFunctionContext]]:
    """Writes a step module and reads its definitions."""

    def write(text: str) -> list[StepFunctionContext]:
        path = tmp_path / "sample_steps.py"
        path.write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location("sample_steps", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        # pytest-bdd holds its definitions weakly: the module has to outlive the reading.
        modules.append(module)
        return definitions_in([module])

    modules: list[ModuleType] = []
    return write


Library = Callable[[str], list[StepFunctionContext]]


class TestSampleSteps:
    @pytest.mark.parametrize("guard", guards.OF_STEPS)
    def test_nothing_is_found_in_good_ones(
        self, sample: Sample, library: Library, guard: Callable[..., guards.Findings]
    ) -> None:
        assert list(guard(sample(GOOD), library(STEPS))) == []

    def test_a_line_that_no_step_matches(self, sample: Sample, library: Library) -> None:
        steps = library(STEPS.replace("it is paid", "it was paid"))
        found = list(guards.lines_without_one_definition(sample(GOOD), steps))
        assert found[0] == "sample.feature:10: then 'it is paid' is no step"
        assert len(found) == 3

    def test_a_line_that_two_steps_match(self, sample: Sample, library: Library) -> None:
        steps = library(STEPS + '@then("it is {state}")\ndef _(): ...\n')
        found = list(guards.lines_without_one_definition(sample(GOOD), steps))
        assert len(found) == 3
        assert "then 'it is paid' (sample_steps.py:" in found[0]
        assert "and then 'it is {state}' (sample_steps.py:" in found[0]

    def test_a_row_that_no_step_matches(self, sample: Sample, library: Library) -> None:
        steps = library(STEPS.replace("{amount}", "{amount:Count}"))
        found = guards.lines_without_one_definition(sample(GOOD), steps)
        assert list(found) == ["sample.feature:15: when 'the buyer pays <b>1' is no step"]

    def test_the_keyword_counts(self, sample: Sample, library: Library) -> None:
        steps = library(STEPS.replace('@given("a buyer")', '@then("a buyer")'))
        found = list(guards.lines_without_one_definition(sample(GOOD), steps))
        assert found[0] == "sample.feature:4: given 'a buyer' is no step"

    def test_a_step_that_nothing_uses(self, sample: Sample, library: Library) -> None:
        steps = library(STEPS + '@then("it rains")\ndef _(): ...\n')
        [found] = guards.unused_definitions(sample(GOOD), steps)
        assert found.startswith("then 'it rains' (sample_steps.py:")

    def test_a_line_that_one_step_matches_twice(self, sample: Sample, library: Library) -> None:
        steps = library(STEPS.replace('"it is paid"', '"it is paid", "it is {state}"'))
        found = list(guards.lines_without_one_definition(sample(GOOD), steps))
        assert len(found) == 3
        assert "then 'it is paid' (sample_steps.py:" in found[0]
        assert "and then 'it is {state}' (sample_steps.py:" in found[0]

    def test_a_second_sentence_that_nothing_uses(self, sample: Sample, library: Library) -> None:
        steps = library(STEPS.replace('"it is paid"', '"it is paid", "it rains"'))
        [found] = guards.unused_definitions(sample(GOOD), steps)
        assert found.startswith("then 'it rains' (sample_steps.py:")

    def test_a_step_that_another_decorator_defines(self, sample: Sample, library: Library) -> None:
        steps = library("from pytest_bdd import given\n@given('a buyer')\ndef _(): ...\n")
        with pytest.raises(TypeError, match=r"given 'a buyer' .*: import given, when and then"):
            list(guards.unused_definitions(sample(GOOD), steps))

    @pytest.mark.parametrize("body", ["...", "yield"])
    def test_an_async_step(self, library: Library, body: str) -> None:
        steps = library(STEPS + f'@then("it rains")\nasync def _(): {body}\n')
        [found] = guards.async_definitions(steps)
        assert "it rains" in found

    def test_a_sentence_that_loses_the_answer(self, library: Library) -> None:
        english = '@given("a shop", target_fixture="shop")'
        steps = library(STEPS + f'{english}\n@given("متجر")\ndef _(): ...\n')
        found = list(guards.functions_of_two_fixtures(steps))
        assert len(found) == 2
        assert any("متجر" in finding and "target_fixture=None" in finding for finding in found)


TRANSLATED = {
    "given": {"a buyer": "مشترٍ"},
    "when": {
        "the buyer pays": "يدفع المشتري",
        "the buyer pays {amount}": "يدفع المشتري {amount}",
    },
    "then": {"it is paid": "يكون مدفوعًا"},
}
SPANS = {"ثانية": "seconds", "دقيقة": "minutes", "ساعة": "hours"}


Find = Callable[..., list[str]]


class TestSampleTranslations:
    @pytest.fixture
    def find(self, library: Library) -> Callable[..., list[str]]:
        """What a guard finds in the sample steps and an edition that says them in Arabic."""

        def find(
            guard: Callable[..., guards.Findings],
            sentences: Mapping[str, Mapping[str, str]] = TRANSLATED,
            spans: Mapping[str, str] = SPANS,
        ) -> list[str]:
            edition = Edition("ar", sentences, {"Span": spans})
            return list(guard(library(STEPS), Sentences({}, [edition])))

        return find

    @pytest.mark.parametrize("guard", guards.OF_TRANSLATIONS)
    def test_nothing_is_found_in_a_good_one(
        self, find: Find, guard: Callable[..., guards.Findings]
    ) -> None:
        assert find(guard) == []

    def test_a_sentence_without_a_translation(self, find: Find) -> None:
        [found] = find(guards.missing_translations, {**TRANSLATED, "given": {}})
        assert found.startswith("given 'a buyer' (sample_steps.py:")
        assert found.endswith("): not in ar")

    def test_a_translation_under_another_keyword(self, find: Find) -> None:
        moved = {**TRANSLATED, "given": {}, "then": TRANSLATED["given"] | TRANSLATED["then"]}
        assert len(find(guards.missing_translations, moved)) == 1
        assert find(guards.unused_translations, moved) == ["ar: then 'a buyer' is no step"]

    def test_a_word_without_a_translation(self, find: Find) -> None:
        found = find(guards.missing_translations, spans={"ثانية": "seconds", "ساعة": "hours"})
        assert found == ["Span 'minutes': not in ar"]

    def test_a_translation_of_no_sentence(self, find: Find) -> None:
        more = {**TRANSLATED, "then": {**TRANSLATED["then"], "it rains": "تمطر"}}
        assert find(guards.unused_translations, more) == ["ar: then 'it rains' is no step"]

    def test_a_translation_of_no_word(self, find: Find) -> None:
        found = find(guards.unused_translations, spans={**SPANS, "يوم": "days"})
        assert found == ["ar: Span has no word 'days'"]

    @pytest.mark.parametrize("said", ["يدفع المشتري", "يدفع {sum}", "يدفع {amount:Count}"])
    def test_a_translation_with_other_fields(self, find: Find, said: str) -> None:
        when = {**TRANSLATED["when"], "the buyer pays {amount}": said}
        [found] = find(guards.translations_with_other_fields, {**TRANSLATED, "when": when})
        assert found.endswith("'the buyer pays {amount}' has other fields")
