"""The guards against features that look green and check nothing. Each gives its findings."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pytest_bdd.parser import PARAM_RE, ScenarioTemplate
from pytest_bdd.steps import StepFunctionContext

from checkout_conformance.clauses import Clause, clause_comments, clause_of, tagged_clauses
from checkout_conformance.evidence.feature_errors import errors_in
from checkout_conformance.guards.definitions import is_async, matches, name_of, wordings_of
from checkout_conformance.guards.files import FeatureFile, lines_of, own_steps
from checkout_conformance.sentences import ENGLISH, Sentences, Wording

Features = Sequence[FeatureFile]
Definitions = Sequence[StepFunctionContext]
Clauses = dict[str, Clause]
Findings = Iterator[str]

RULE_STEPS = 5
# Wider than an id: a slip like "# w1,3" must not turn a clause into a mere comment.
NEARLY_AN_ID = re.compile(r"[A-Za-z]\s?\d+\s?[.,:-]\s?\d+")
COMMENT_START = re.compile(r"#\s*(\S+)")


def clauses_without_a_walk(features: Features, clauses: Clauses) -> Findings:
    """A clause that no step of a documented walk belongs to."""
    walked = {clause for scenario in _walks(features) for clause in _clauses_walked(scenario)}
    return (f"{clause}: no step of a walk" for clause in clauses if clause not in walked)


def clauses_without_a_rule(features: Features, clauses: Clauses) -> Findings:
    """A clause whose duty of the site no scenario under a Rule checks."""
    ruled = {
        clause
        for scenario in _scenarios(features)
        if scenario.rule and own_steps(scenario)
        for clause in tagged_clauses(scenario)
    }
    return (f"{clause}: no scenario under a Rule" for clause in clauses if clause not in ruled)


def unknown_clauses(features: Features, clauses: Clauses) -> Findings:
    """A comment or a tag that names, or nearly names, a clause that does not exist."""
    for file in features:
        for comment in file.document.comments:
            start = COMMENT_START.match(comment.text.strip())
            if start and _is_unknown(start[1], clauses):
                yield f"{file.at(comment.location.line)}: {start[1]}"
        for tag in file.tags:
            if _is_unknown(tag.name.removeprefix("@"), clauses):
                yield f"{file.at(tag.location.line)}: {tag.name}"


def walks_out_of_order(features: Features, clauses: Clauses) -> Findings:
    """A walk that goes through the clauses in another order than the document."""
    for file, scenario in _each(features):
        walked = [clause for clause in _comments_in(scenario) if clause in clauses]
        if walked != sorted(set(walked), key=lambda clause: clauses[clause].position):
            yield f"{file.at(scenario.line_number)}: {' '.join(walked)}"


def steps_without_a_clause(features: Features) -> Findings:
    """A step outside a Background that stands under no clause: no report could show it."""
    for file, scenario in _each(features):
        for step in own_steps(scenario):
            if clause_of(step, scenario) is None:
                yield f"{file.at(step.line_number)}: {step.name}"


def scenarios_of_two_clauses(features: Features) -> Findings:
    """A scenario with two clause tags: which one did it check?"""
    for file, scenario in _each(features):
        tags = tagged_clauses(scenario)
        if len(tags) > 1:
            yield f"{file.at(scenario.line_number)}: {' '.join(tags)}"


def lines_without_one_definition(features: Features, definitions: Definitions) -> Findings:
    """A step line that no definition matches, or more than one: the last loaded would win."""
    for file, scenario in _each(features):
        for step, text in lines_of(scenario):
            found = [
                name_of(one, wording)
                for one in definitions
                if matches(one, step, text)
                for wording in wordings_of(one)
                if wording.values(text) is not None
            ]
            if len(found) != 1:
                which = " and ".join(found) or "no step"
                yield f"{file.at(step.line_number)}: {step.type} {text!r} is {which}"


def unused_definitions(features: Features, definitions: Definitions) -> Findings:
    """A sentence that no feature uses, in one of its languages."""
    lines = [line for scenario in _scenarios(features) for line in lines_of(scenario)]
    for definition in definitions:
        said = [text for step, text in lines if step.type == definition.type]
        for wording in wordings_of(definition):
            if all(wording.values(text) is None for text in said):
                yield name_of(definition, wording)


def missing_translations(definitions: Definitions, sentences: Sentences) -> Findings:
    """An English sentence, or a word in its values, that a language of the features lacks."""
    for edition in sentences.editions:
        for definition in definitions:
            translations = edition.sentences.get(definition.type or "", {})
            for wording in _english(definition):
                if wording.text not in translations:
                    yield f"{name_of(definition, wording)}: not in {edition.locale}"
        for name, kind in sentences.kinds.items():
            said = edition.words.get(name, {}).values()
            yield from (
                f"{name} {word!r}: not in {edition.locale}"
                for word in kind.words
                if word not in said
            )


def unused_translations(definitions: Definitions, sentences: Sentences) -> Findings:
    """A translation of a sentence, or of a word, that no step has."""
    known = {(one.type, said.text) for one in definitions for said in _english(one)}
    for edition in sentences.editions:
        for keyword, translations in edition.sentences.items():
            for text in translations:
                if (keyword, text) not in known:
                    yield f"{edition.locale}: {keyword} {text!r} is no step"
        for name, words in edition.words.items():
            kind = sentences.kinds.get(name)
            for word in dict.fromkeys(words.values()):
                if kind is None or word not in kind.words:
                    yield f"{edition.locale}: {name} has no word {word!r}"


def translations_with_other_fields(definitions: Definitions, sentences: Sentences) -> Findings:
    """A translation whose fields are not those of the English sentence, by name and kind."""
    for definition in definitions:
        for wording in _english(definition):
            for edition in sentences.editions:
                said = edition.sentences.get(definition.type or "", {}).get(wording.text)
                translated = sentences.wording(said or wording.text, edition.locale)
                if _plain(translated.fields) != wording.fields:
                    yield f"{name_of(definition, translated)}: {wording.text!r} has other fields"


def async_definitions(definitions: Definitions) -> Findings:
    """An async step: pytest-bdd would call it and never run its body."""
    return (name_of(definition) for definition in definitions if is_async(definition))


def functions_of_two_fixtures(definitions: Definitions) -> Findings:
    """A step function whose answer some of its sentences keep and others lose or keep elsewhere."""
    fixtures: dict[Callable[..., object], set[str | None]] = {}
    for definition in definitions:
        fixtures.setdefault(definition.step_func, set()).add(definition.target_fixture)
    for definition in definitions:
        if len(fixtures[definition.step_func]) > 1:
            yield f"{name_of(definition)}: target_fixture={definition.target_fixture!r}"


def errors_at_collection(features: Features) -> Findings:
    """What a run would refuse: see checkout_conformance/evidence/feature_errors.py."""
    for file in features:
        yield from (f"{file.at(line)}: {error}" for line, error in errors_in(file.document))


def unfilled_placeholders(features: Features) -> Findings:
    """A <placeholder> that no column of the Examples fills."""
    for file, scenario in _each(features):
        columns = {name for examples in scenario.examples for name in examples.example_params}
        for step in own_steps(scenario):
            if set(PARAM_RE.findall(step.name)) - columns:
                yield f"{file.at(step.line_number)}: {step.name}"


def tagged_examples(features: Features) -> Findings:
    """Tags on Examples: pytest-bdd does not show them to pytest_bdd_apply_tag."""
    for file in features:
        for scenario, _ in file.written:
            for examples in scenario.examples:
                if examples.tags:
                    yield f"{file.at(examples.location.line)}: {scenario.name}"


def long_rules(features: Features) -> Findings:
    """A scenario under a Rule with more than five steps or more than one When."""
    for file, scenario in _each(features):
        steps = own_steps(scenario) if scenario.rule else []
        types = [step.type for step in steps]
        turns = [kind for kind, before in zip(types, ["", *types], strict=False) if kind != before]
        if len(steps) > RULE_STEPS or turns.count("when") > 1:
            yield f"{file.at(scenario.line_number)}: {scenario.name}"


def imports_of(module: str, sources: Iterable[Path]) -> Findings:
    """A source that imports ``module`` or something below it."""
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            for name in _imported(node):
                if name.split(".")[0] == module:
                    yield f"{source.name}: {name}"


def _english(definition: StepFunctionContext) -> list[Wording]:
    return [wording for wording in wordings_of(definition) if wording.locale == ENGLISH]


def _plain(fields: dict[str, str]) -> dict[str, str]:
    """The kinds as an English sentence has them: it quotes a label as any other text."""
    return {name: "Text" if kind == "Label" else kind for name, kind in fields.items()}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []


def _each(features: Features) -> Iterator[tuple[FeatureFile, ScenarioTemplate]]:
    return ((file, scenario) for file in features for scenario in file.scenarios)


def _scenarios(features: Features) -> Iterator[ScenarioTemplate]:
    return (scenario for _, scenario in _each(features))


def _walks(features: Features) -> Iterator[ScenarioTemplate]:
    return (scenario for scenario in _scenarios(features) if scenario.rule is None)


def _clauses_walked(scenario: ScenarioTemplate) -> set[str]:
    reached = {clause_of(step, scenario) for step in own_steps(scenario)}
    return {clause for clause in _comments_in(scenario) if clause in reached}


def _comments_in(scenario: ScenarioTemplate) -> list[str]:
    last = max((step.line_number for step in own_steps(scenario)), default=0)
    lines = range(scenario.line_number, last)
    comments = clause_comments(scenario.feature.filename)
    return [clause for line, clause in comments.items() if line in lines]


def _is_unknown(word: str, clauses: Clauses) -> bool:
    word = word.rstrip(".:,")
    return bool(NEARLY_AN_ID.fullmatch(word)) and word not in clauses


OF_FEATURES = [
    steps_without_a_clause,
    scenarios_of_two_clauses,
    errors_at_collection,
    unfilled_placeholders,
    tagged_examples,
    long_rules,
]
OF_CLAUSES = [
    clauses_without_a_walk,
    clauses_without_a_rule,
    unknown_clauses,
    walks_out_of_order,
]
OF_STEPS = [lines_without_one_definition, unused_definitions]
OF_TRANSLATIONS = [missing_translations, unused_translations, translations_with_other_fields]
