"""The language of the buyer's browser, for a whole walk in a language that is not the run's."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.targets.target import Target, not_offered

from .pages.flows.sign_in import SignInFlows
from .pages.shop import Shop
from .pages.vault import Vault
from .support.sentences import given

PAGES: dict[str, type[SignInFlows]] = {"shop": Shop, "vault": Vault}


@given("the buyer's browser is set to {language:Language}", target_fixture="page")
def browser_is_set(new_context: Callable[..., Context], language: str) -> Page:
    return new_context(locale=language).new_page()


@given("the pages of the {site:Site} are in {language:Language}", target_fixture="target")
def pages_are_in(page: Page, target: Target, site: str, language: str) -> Target:
    """The target with the labels of that language, for every step that follows."""
    found = PAGES[site].on(page, target)
    found.open()
    if not (found.document.get_attribute("lang") or "").startswith(language):
        not_offered(f"the {site} in another language ({language})")
    return target.in_other_language(language)
