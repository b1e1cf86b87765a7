"""The verdicts of two drivers on the same scenarios, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from checkout_conformance.evidence.setting import UNKNOWN
from checkout_conformance.plan import Key
from checkout_conformance.reporting.checks import verdict_of
from checkout_conformance.reporting.conformance import Verdict
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.reporting.selection import Choice
from checkout_conformance.reporting.skips import not_offered_in, not_tried_in

# Target, language and device: what both drivers have in common.
Place = tuple[str, str, str]
NOWHERE: Place = (UNKNOWN, UNKNOWN, UNKNOWN)


class Outcome(StrEnum):
    """How the verdicts of two drivers on one scenario compare."""

    SAME = "the same"
    DIFFERENT = "different"
    NOT_TRIED = "not tried by one"
    NOT_CHOSEN = "not chosen in one run"
    MISSING = "missing in one run"


@dataclass(frozen=True)
class Answer:
    """What a driver said about a scenario: the verdict, and the reason unless it passed."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, eq=False)
class Side:
    """The run of one driver: its scenarios, and what its user chose of the features."""

    name: str
    evidence: tuple[ScenarioEvidence, ...]
    choice: Choice | None = None

    def left_out(self, key: Key) -> bool:
        """Whether the user chose a part of the features without this scenario."""
        choice = self.choice
        return bool(choice and choice.is_selection and key not in (choice.scenarios or ()))


@dataclass(frozen=True)
class Comparison:
    """One scenario on both drivers; an answer is None if the run has no result of it."""

    title: str
    feature: str
    place: Place
    answers: Mapping[str, Answer | None]
    outcome: Outcome


def compare(browser: Side, http: Side) -> list[Comparison]:
    """Compare the two runs, by file and name."""
    found = {side.name: _by_key(side.evidence) for side in (browser, http)}
    keys = sorted({key for answers in found.values() for key in answers})
    return [
        one
        for key in keys
        for one in _compared(key, {side: found[side.name][key] for side in (browser, http)})
    ]


def _by_key(evidence: Iterable[ScenarioEvidence]) -> Mapping[Key, list[ScenarioEvidence]]:
    found: dict[Key, list[ScenarioEvidence]] = defaultdict(list)
    for one in evidence:
        found[one.key].append(one)
    return found


def _compared(key: Key, found: Mapping[Side, list[ScenarioEvidence]]) -> Iterator[Comparison]:
    known = [one for evidence in found.values() for one in evidence]
    places = sorted({_place(one) for one in known} - {NOWHERE}) or [NOWHERE]
    for place in places:
        answers = {side: _answer(evidence, place) for side, evidence in found.items()}
        yield Comparison(
            title=known[0].title,
            feature=known[0].feature,
            place=place,
            answers={side.name: answer for side, answer in answers.items()},
            outcome=_outcome(key, answers),
        )


def _place(one: ScenarioEvidence) -> Place:
    return one.setting.target, one.setting.locale, one.setting.device


def _answer(evidence: Iterable[ScenarioEvidence], place: Place) -> Answer | None:
    """The worst answer there; a scenario that broke before it began may belong anywhere."""
    there = [one for one in evidence if _place(one) in (place, NOWHERE)]
    worst = max(there, key=lambda one: verdict_of(one).rank, default=None)
    return Answer(verdict_of(worst), _reason(worst)) if worst else None


def _reason(one: ScenarioEvidence) -> str:
    need = not_tried_in(one)
    return need.words if need else not_offered_in(one) or one.message.partition("\n")[0]


def _outcome(key: Key, answers: Mapping[Side, Answer | None]) -> Outcome:
    without = [side for side, answer in answers.items() if answer is None]
    if without:
        return Outcome.NOT_CHOSEN if without[0].left_out(key) else Outcome.MISSING
    verdicts = {answer.verdict for answer in answers.values() if answer}
    if Verdict.NOT_TRIED in verdicts:
        return Outcome.NOT_TRIED
    return Outcome.SAME if len(verdicts) == 1 else Outcome.DIFFERENT
