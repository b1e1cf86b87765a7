"""One scenario as Allure shows it while it runs: clause → Gherkin step → picture."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

import allure
import pytest
from allure_commons.types import AttachmentType
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator as BrowserLocator
from playwright.sync_api import Page
from pytest_bdd.parser import Scenario, Step

from checkout_conformance.clauses import clause_of, clauses_of, heading
from checkout_conformance.drivers.capabilities import NotTried
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.page import Locator
from checkout_conformance.drivers.page import Page as AnyPage
from checkout_conformance.evidence.arguments import arguments_of
from checkout_conformance.evidence.browser_recorder import BrowserRecorder
from checkout_conformance.evidence.failures import explain, ran_out_of_time
from checkout_conformance.evidence.http_pages import entries_of, text_of
from checkout_conformance.evidence.page_entries import register_secrets
from checkout_conformance.evidence.page_masks import register_page_secrets
from checkout_conformance.evidence.pictures import (
    PICTURE_EXTENSION,
    PICTURE_TYPE,
    Snapshot,
    take_form_picture,
    take_full_picture,
    take_picture,
)
from checkout_conformance.redaction.secrets import redact, redact_addresses

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
PICTURE = "What the buyer sees"
FORM = "The form before the press"
WHOLE_PAGE = "The whole page"
# The end of the name of an attachment with the reason why evidence is missing.
MISSING_SUFFIX = " is missing"

# Exceptions that pytest must get unchanged.
NO_FAILURES = (pytest.exit.Exception, pytest.xfail.Exception)


class ScenarioStory:
    """Opens and closes Allure's steps as the scenario goes on."""

    def __init__(self, scenario: Scenario, recorder: BrowserRecorder, takes_evidence: bool) -> None:
        self._clauses = [clause_of(step, scenario) for step in scenario.steps]
        self._first_clause = next(iter(clauses_of(scenario)), None)
        self._steps = scenario.steps
        self._is_walk = scenario.rule is None
        self._recorder = recorder
        self._takes_evidence = takes_evidence
        self._at = -1
        self._clause, self._step = ExitStack(), ExitStack()
        self._untried: NotTried | None = None
        self._open_step: Step | None = None
        self._open_clause: tuple[str, float] | None = None
        self.explained: tuple[BaseException, BaseException] | None = None
        self.outcomes: list[tuple[str, str, float]] = []

    def begin(self, step: Step) -> str | None:
        """Open a Gherkin step; return the clause's id if the clause begins with it."""
        self._at += 1
        clause = self._clauses[self._at]
        opens = clause if self._is_first_of_clause() else None
        if opens is not None:
            self._clause.enter_context(allure.step(heading(opens)))
            self._open_clause = (opens, time.monotonic())
        self._step.enter_context(allure.step(f"{step.keyword.strip()} {step.name}"))
        self._open_step = step
        return opens

    def show_press(self, page: AnyPage, control: Locator) -> None:
        """In a walk, keep the filled form with the control that is about to be pressed."""
        if not (self._takes_evidence and self._is_walk and self._open_clause):
            return
        if not isinstance(page, Page) or not isinstance(control, BrowserLocator):
            return
        try:
            if snapshot := take_form_picture(page, control):
                allure.attach(snapshot, FORM, PICTURE_TYPE, PICTURE_EXTENSION)
        except PlaywrightError as error:
            self._attach_reason(FORM, error)

    def end(self, untried: NotTried | None = None) -> None:
        """A step went well; where it was the clause's last, the picture is taken.

        ``untried`` is why the driver could not try it: then neither it nor its clause has passed.
        """
        self._attach_arguments()
        self._untried = untried or self._untried
        _exit(self._step, untried)
        if self._clauses[self._at] is not None and self._is_last_of_clause():
            self._attach_picture(PICTURE, take_picture)
            _exit(self._clause, self._untried)
            self._note(SKIPPED if self._untried else PASSED)
            self._untried = None

    def fail(self, error: BaseException, ended: str = "") -> None:
        """Attach the evidence of a failure to its step and close the step.

        The exceptions that end a run or mark an expected failure are no failures. ``ended`` names
        the process of the harness that ended, if any; then the page cannot be read.
        """
        if isinstance(error, NO_FAILURES):
            return
        can_look = not ran_out_of_time(error) and not ended
        for page in self._recorder.pages() if can_look else []:
            _register_secrets(page)
        step = self._steps[self._at]
        # A failure before the first clause counts for that clause, which could not be checked.
        clause = self._clauses[self._at] or self._first_clause
        explained = explain(error, clause, step.name, ended, is_given=step.type == "given")
        self.explained = (error, explained)
        self._attach_arguments()
        if can_look and self._takes_evidence:
            self._attach_failure()
        self._close(explained)
        if self._open_clause is None and self._first_clause is not None:
            self._open_clause = (self._first_clause, time.monotonic())
        self._note(FAILED)

    def finish(self) -> None:
        """Close what is open at the scenario's end, for example after a skip."""
        self._attach_arguments()
        self._close(sys.exc_info()[1])
        self._note(SKIPPED)

    def _note(self, outcome: str) -> None:
        if self._open_clause is not None:
            clause, began = self._open_clause
            self.outcomes.append((clause, outcome, time.monotonic() - began))
        self._open_clause = None

    def _is_first_of_clause(self) -> bool:
        return self._at == 0 or self._clauses[self._at - 1] != self._clauses[self._at]

    def _is_last_of_clause(self) -> bool:
        return self._clauses[self._at + 1 : self._at + 2] != [self._clauses[self._at]]

    def _attach_arguments(self) -> None:
        """Attach the step's table or text; by now the step has registered its secrets."""
        step, self._open_step = self._open_step, None
        if step is not None and self._takes_evidence:
            for name, text in arguments_of(step):
                self._attach_text(name, [text])

    def _attach_picture(self, name: str, take: Callable[[Page], Snapshot]) -> None:
        for page in self._recorder.pages()[:1] if self._takes_evidence else []:
            if isinstance(page, HttpPage):
                return
            try:
                allure.attach(take(page), name, PICTURE_TYPE, PICTURE_EXTENSION)
            except PlaywrightError as error:
                self._attach_reason(name, error)

    def _attach_failure(self) -> None:
        self._attach_picture(WHOLE_PAGE, take_full_picture)
        texts = [text_of(one) for one in self._recorder.pages() if isinstance(one, HttpPage)]
        self._attach_text("The page's text", texts[:1])
        addresses = [redact_addresses(page.url) for page in self._recorder.pages()]
        self._attach_text("The page's address", addresses)
        self._attach_text("The browser's console", self._recorder.console())
        try:
            for trace in self._recorder.traces():
                allure.attach(trace, "The trace", "application/vnd.allure.playwright-trace", "zip")
        except PlaywrightError as error:
            self._attach_reason("The trace", error)

    def _attach_text(self, name: str, lines: list[str]) -> None:
        if lines:
            allure.attach(redact("\n".join(lines)), name, AttachmentType.TEXT)

    def _attach_reason(self, name: str, error: PlaywrightError) -> None:
        # Missing evidence must not fail a scenario, but is reported.
        self._attach_text(f"{name}{MISSING_SUFFIX}", [str(error).partition("\n")[0]])

    def _close(self, error: BaseException | None) -> None:
        for step in (self._step, self._clause):
            _exit(step, error)


def _exit(step: ExitStack, error: BaseException | None) -> None:
    """Close one of Allure's steps with the status that belongs to an error, or to none."""
    step.__exit__(type(error) if error else None, error, None)


def _register_secrets(page: Page | HttpPage) -> None:
    if isinstance(page, HttpPage):
        register_secrets(entries_of(page))
    else:
        register_page_secrets(page)
