"""Other elements for what the buyer presses."""

from __future__ import annotations

import re
from html import escape, unescape

from flask import Response

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin

BUTTON = re.compile(r"<button(?![^>]*\bvalue=)([^>]*)>([^<]+)</button>")
SIGN = r"(?:<span[^>]*></span>)?"
PRESSED = re.compile(rf"(<(?:button|a)\b(?![^>]*\blang=)[^>]*>{SIGN})([^<]+)(</(?:button|a)>)")
# What the reference does for a button that waits for a field.
WAIT = """\
for (const button of document.querySelectorAll("input[data-waits-for]")) {
  const field = document.getElementById(button.dataset.waitsFor);
  const settle = () => { button.disabled = field.value.trim() === ""; };
  field.addEventListener("input", settle);
  window.addEventListener("pageshow", settle);
  settle();
}
"""
REMOVE = (
    '{{ _("Remove") }}<span class="visually-hidden"> {{ _(product.name) }}</span></button>',
    '<span aria-hidden="true">×</span></button>',
)
CARTS = {
    "cart.html": '<button class="second small">',
    "mobile/cart.html": '<button class="second">',
}
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
LABELS = (
    *("Payment methods", "Add card", "Save card", "Add new card"),
    *("My profile", "My Alipay", "QIWI Wallet"),
)


@twin("wallet", "W1.4", "W1.5", "W1.6", "W2.6")
def wallet_submits_by_inputs(site: TwinChange) -> None:
    """The buttons of the wallet's forms are inputs of the type submit."""

    def change(response: Response) -> Response:
        page = response.get_data(as_text=True)
        response.set_data(BUTTON.sub(r'<input type="submit"\1 value="\2">', page))
        return response

    site.answer(change)
    site.file("wait.js", WAIT)
    site.head('<script src="/twin/wait.js" defer></script>')


@twin("shop", "C2.1", "W2.3")
def shop_links_are_called_buttons(site: TwinChange) -> None:
    """The links of the shop that look like buttons have the role of one."""

    def change(response: Response) -> Response:
        page = response.get_data(as_text=True)
        response.set_data(page.replace('<a class="button', '<a role="button" class="button'))
        return response

    site.answer(change)


@twin("shop", "C1.7", "C3.6")
def removing_is_an_icon(site: TwinChange) -> None:
    """A cross removes a product from the cart; it is called "Delete" and the product."""
    piece, instead = REMOVE
    for page, button in CARTS.items():
        named = button.replace("<button", '<button aria-label="Delete {{ _(product.name) }}"')
        site.page(page, f"{button}{piece}", f"{named}{instead}")


@twin("wallet", "W1.1", "W1.4", "W1.5", "W2.3", "W2.6")
def wallet_presses_are_in_capitals(site: TwinChange) -> None:
    """Buttons and plain links of the wallet are written in capitals: "CONFIRM"."""

    def capitals(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(unescape(found[2]).upper())}{found[3]}"

    def change(response: Response) -> Response:
        response.set_data(PRESSED.sub(capitals, response.get_data(as_text=True)))
        return response

    site.answer(change)


@twin("shop", "C1.3", "C1.4", "C1.5", "C2.1", "C3.4", "W2.1")
def shop_labels_do_not_break(site: TwinChange) -> None:
    """The words of a label are joined by no-break spaces: "Add card"."""

    def change(response: Response) -> Response:
        page = response.get_data(as_text=True)
        for label in LABELS:
            page = page.replace(label, label.replace(" ", NO_BREAK_SPACE))
        response.set_data(page)
        return response

    site.answer(change)


@twin("shop", "C2.1")
def leaving_is_confirmed_with_yes(site: TwinChange) -> None:
    """The notice of leaving is an alert dialog, answered with Yes or No."""
    site.page(
        "leaving.html",
        '<section class="card narrow"',
        '<div role="alertdialog" class="card narrow"',
    )
    site.page("leaving.html", "</section>", "</div>")
    site.page("leaving.html", '{{ _("Continue") }}', "Yes, open the site")
    site.page("leaving.html", '{{ _("Stay in the shop") }}', "No, stay here")
