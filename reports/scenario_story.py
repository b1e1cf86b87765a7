"""One scenario as Allure shows it while it runs: clause → Gherkin step → picture."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack

import allure
from allure_commons.types import AttachmentType
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page
from pytest_bdd.parser import Scenario, Step

from reports.clauses import clause_of, heading
from reports.failures import explain, ran_out_of_time
from reports.pictures import Onlooker, hide_secrets_of, take_full_picture, take_picture
from steps.secrets import redact, redact_addresses


class ScenarioStory:
    """Opens and closes Allure's steps as the scenario goes on."""

    def __init__(self, scenario: Scenario, onlooker: Onlooker, takes_pictures: bool) -> None:
        self._clauses = [clause_of(step, scenario) for step in scenario.steps]
        self._steps = scenario.steps
        self._onlooker = onlooker
        self._takes_pictures = takes_pictures
        self._at = -1
        self._clause, self._step = ExitStack(), ExitStack()
        self.explained: tuple[BaseException, BaseException] | None = None

    def begin(self, step: Step) -> None:
        """A Gherkin step begins, and with it perhaps a clause."""
        self._at += 1
        clause = self._clauses[self._at]
        if clause is not None and self._is_first_of_clause():
            self._clause.enter_context(allure.step(heading(clause)))
        self._step.enter_context(allure.step(f"{step.keyword.strip()} {step.name}"))

    def end(self) -> None:
        """A step went well; where it was the clause's last, the picture is taken."""
        self._step.close()
        if self._clauses[self._at] is not None and self._is_last_of_clause():
            self._attach_picture("What the buyer sees", take_picture, AttachmentType.JPG)
            self._clause.close()

    def fail(self, error: BaseException) -> None:
        """A step failed: keep the evidence inside it."""
        can_look = not ran_out_of_time(error)
        for page in self._onlooker.pages() if can_look else []:
            hide_secrets_of(page)
        step = self._steps[self._at]
        explained = explain(error, self._clauses[self._at], step.name)
        self.explained = (error, explained)
        if can_look:
            self._attach_picture("The whole page", take_full_picture, AttachmentType.PNG)
            self._attach_addresses()
        self._close(explained)

    def finish(self) -> None:
        """The scenario is over; after a skip steps are still open."""
        self._close(sys.exc_info()[1])

    def _is_first_of_clause(self) -> bool:
        return self._at == 0 or self._clauses[self._at - 1] != self._clauses[self._at]

    def _is_last_of_clause(self) -> bool:
        return self._clauses[self._at + 1 : self._at + 2] != [self._clauses[self._at]]

    def _attach_picture(
        self, name: str, take: Callable[[Page], bytes], kind: AttachmentType
    ) -> None:
        for page in self._onlooker.pages()[:1] if self._takes_pictures else []:
            try:
                allure.attach(take(page), name, kind)
            except PlaywrightError as error:
                # Evidence must not decide about a scenario; that it is missing is said.
                reason = redact(str(error).partition("\n")[0])
                allure.attach(reason, f"{name}: no picture", AttachmentType.TEXT)

    def _attach_addresses(self) -> None:
        pages = [redact(redact_addresses(page.url)) for page in self._onlooker.pages()]
        if pages:
            allure.attach("\n".join(pages), "The page's address", AttachmentType.TEXT)

    def _close(self, error: BaseException | None) -> None:
        for step in (self._step, self._clause):
            step.__exit__(type(error) if error else None, error, None)
