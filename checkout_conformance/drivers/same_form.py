"""Whether several buttons do the same: they send one form, and say nothing of their own."""

from __future__ import annotations

from typing import cast

from playwright.sync_api import Locator as BrowserLocator

from checkout_conformance.drivers.http.forms import form_of
from checkout_conformance.drivers.http.locator import HttpLocator
from checkout_conformance.drivers.page import Locator

OWN = ("name", "formaction")
SEND_ONE_FORM = """buttons => buttons.every(one =>
    one.form && one.form === buttons[0].form && one.type === "submit"
    && !one.hasAttribute("name") && !one.hasAttribute("formaction"))"""


def send_one_form(found: Locator) -> bool:
    """Return whether all that is found are buttons that send the same form in the same way."""
    if not isinstance(found, HttpLocator):
        return bool(cast(BrowserLocator, found).evaluate_all(SEND_ONE_FORM))
    buttons = found.elements()
    forms = {form_of(one, found.page.document) for one in buttons}
    alike = all(
        one.tag == "button"
        and one.get("type", "submit").lower() == "submit"
        and not any(map(one.has, OWN))
        for one in buttons
    )
    return alike and len(forms) == 1 and None not in forms
