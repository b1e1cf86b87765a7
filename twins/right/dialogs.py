"""Dialogs, windows and bars where the reference has parts of the page."""

from __future__ import annotations

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from checkout_conformance.drivers.capabilities import Capability
from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.web.sign_in import safe_redirect_path

ASK = """\
for (const asker of document.querySelectorAll("[data-question]")) {
  const event = asker.tagName === "FORM" ? "submit" : "click";
  asker.addEventListener(event, (happening) => {
    if (!window.confirm(asker.dataset.question)) happening.preventDefault();
  });
}
"""


def _ask_in_the_browser(site: TwinChange) -> None:
    site.file("ask.js", ASK)
    site.head('<script src="/twin/ask.js" defer></script>')


@twin("wallet", "W2.3")
def notice_is_a_dialog(site: TwinChange) -> None:
    """The notice of unpaid invoices is an open dialog, which Later closes."""
    site.page("home.html", '<section class="notice"', '<dialog open class="unpaid card"')
    site.page(
        "home.html",
        '{{ _("View") }}</a>\n</section>',
        '{{ _("View") }}</a>\n'
        '<form method="dialog"><button class="second">Later</button></form></dialog>',
    )
    site.file("unpaid.css", ".unpaid { position: static; margin: 0 0 1rem }")
    site.head('<link rel="stylesheet" href="/twin/unpaid.css">')


@twin("shop", "C2.1")
def vault_opens_in_a_new_tab(site: TwinChange) -> None:
    """Continue opens the vault in a new tab; the shop stays open in the old one."""
    site.page("leaving.html", 'href="{{ vault_url }}/"', 'href="{{ vault_url }}/" target="_blank"')


@twin("shop", "C2.1", needs=(Capability.SCRIPT,))
def browser_asks_before_leaving(site: TwinChange) -> None:
    """The browser asks before the shop leaves for the vault; no page does."""
    question = "You are about to leave the shop for the site of the payment system. Continue?"
    site.page(
        "profile.html",
        '<a class="button" href="{{ url_for(\'profile.leaving\') }}">',
        f'<a class="button" href="{{{{ config.VAULT_URL }}}}/" rel="noreferrer"'
        f' data-question="{question}">',
    )
    _ask_in_the_browser(site)


@twin("vault", "C2.3")
def browser_asks_before_deleting(site: TwinChange) -> None:
    """The browser asks before the vault deletes cards; no page does."""
    site.page(
        "cards.html",
        '<form id="chosen" class="below" method="get"'
        " action=\"{{ url_for('cards.ask_before_deleting') }}\">",
        '<form id="chosen" class="below" method="post" action="{{ url_for(\'cards.delete\') }}"'
        ' data-question="Delete the chosen cards?">{{ forms.token() }}',
    )
    _ask_in_the_browser(site)


@twin("vault", "C2.3")
def vault_deletes_at_once(site: TwinChange) -> None:
    """Delete deletes the chosen cards at once: nobody asks."""
    site.page(
        "cards.html",
        '<form id="chosen" class="below" method="get"'
        " action=\"{{ url_for('cards.ask_before_deleting') }}\">",
        '<form id="chosen" class="below" method="post" action="{{ url_for(\'cards.delete\') }}">'
        "{{ forms.token() }}",
    )


@twin("shop", "C3.3", "C3.4")
def mobile_steps_are_dialogs(site: TwinChange) -> None:
    """On the phone every step of a purchase is a modal dialog."""
    site.page(
        "mobile/step.html",
        '<section class="sheet"',
        '<div role="dialog" aria-modal="true" class="sheet"',
    )
    site.page("mobile/step.html", "</section>", "</div>")


@twin("shop", "C1.1", "C1.2", "C3.2")
def shop_has_a_cookie_bar(site: TwinChange) -> None:
    """A bar about cookies lies over the bottom of every page until the buyer answers."""
    site.template("cookie_bar.html", "cookie_bar.html")
    end = "{% block bar %}{% endblock %}"
    site.page("layout.html", end, f'{end}{{% include "cookie_bar.html" %}}')
    site.file("cookies.css", ".cookies { position: fixed; inset: auto 0 0; z-index: 9; margin: 0 }")
    site.head('<link rel="stylesheet" href="/twin/cookies.css">')

    def answer() -> Response:
        response = redirect(safe_redirect_path(request.args.get("back")) or "/", 303)
        response.set_cookie("cookies", "answered")
        return response

    def add(app: Flask) -> None:
        app.add_url_rule("/twin/cookies", "twin_cookies", answer)

    site.app(add)
