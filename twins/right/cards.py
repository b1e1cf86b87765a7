"""Other ways to the vault, and other pages of its cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.shared.web.wording import words_for
from mock_sites.vault.routes import current_vault

CHOOSE_MAIN = """\
      {% if card.main %}<span class="state good">{{ _("Main card") }}</span>
      {% elif card.counts and card is not expired %}
      <form method="post" action="{{ url_for('cards.make_main', token=card.token) }}">"""
MAIN_RADIO = """\
      {% if card.main or (card.counts and card is not expired) %}
      <input type="radio" name="main" value="{{ card.token }}" form="main"
        aria-labelledby="main-card card-{{ card.id }}"{% if card.main %} checked{% endif %}>
      {% elif false %}
      <form method="post">"""
MAIN_HEADING = '<th scope="col">{{ _("Main card") }}</th>'
SAVE_MAIN = """\
</table>
<form id="main" class="below" method="post" action="{{ url_for('twin_main') }}">
  {{ forms.token() }}
  <button class="second">Set as main</button>
</form>
"""
TICK = (
    '<input type="checkbox" name="card" value="{{ card.token }}" form="chosen"'
    " aria-label=\"{{ _('Choose %(card)s', card=card.brand ~ ' ' ~ card.masked_number) }}\">"
)
DELETE_ONE = (
    "<a href=\"{{ url_for('cards.ask_before_deleting', card=card.token) }}\""
    ' aria-describedby="card-{{ card.id }}">{{ _("Delete") }}</a>'
)
DELETE_CHOSEN = """\
<form id="chosen" class="below" method="get" action="{{ url_for('cards.ask_before_deleting') }}">
  <button class="second">{{ _("Delete") }}</button>
</form>
"""


@twin("vault", "C2.3")
def main_card_is_a_radio_button(site: TwinChange) -> None:
    """The main card is chosen by radio buttons in the list, and one button keeps the choice."""
    site.page("cards.html", CHOOSE_MAIN, MAIN_RADIO)
    site.page("cards.html", MAIN_HEADING, MAIN_HEADING.replace("<th", '<th id="main-card"'))
    site.page("cards.html", "</table>\n", SAVE_MAIN)

    def make_main() -> Response:
        try:
            current_vault.cards.make_main(signed_in_person().phone, request.form.get("main", ""))
        except Refusal as refusal:
            flash(words_for(refusal))
        return redirect_after_post(url_for("cards.index"))

    def add(app: Flask) -> None:
        app.add_url_rule("/twin/main", "twin_main", make_main, methods=["POST"])

    site.app(add)


@twin("vault", "C2.3")
def cards_are_deleted_one_by_one(site: TwinChange) -> None:
    """Each card has a Delete of its own; there is nothing to tick."""
    site.page("cards.html", TICK, DELETE_ONE)
    site.page("cards.html", DELETE_CHOSEN, "")
    site.page("cards.html", '{{ _("Choose") }}', '{{ _("Delete") }}')


@twin("vault", "C2.5")
def saved_card_has_a_page_of_its_own(site: TwinChange) -> None:
    """After Save a page of its own tells of the hold, with a link to the cards."""
    site.template("saved.html", "saved.html")

    def after(add_card: Callable[..., Any]) -> Callable[..., Any]:
        def added() -> Any:
            answer = add_card()
            if getattr(answer, "location", None) == url_for("cards.index"):
                return redirect(url_for("twin_saved"), 303)
            return answer

        return added

    def saved() -> Response | str:
        cards = current_vault.cards.shown_to(signed_in_person().phone)
        return render_template("saved.html", card=cards[0])

    def add(app: Flask) -> None:
        app.add_url_rule("/twin/saved", "twin_saved", saved)

    site.route("cards.add", after)
    site.app(add)


@twin("vault", "C2.2")
def languages_are_called_by_codes(site: TwinChange) -> None:
    """A language is called by its code: "RU"."""
    site.page("languages.html", ">{{ name }}</a>", ' title="{{ name }}">{{ language | upper }}</a>')


@twin("shop", "C2.1")
def my_alipay_is_a_page(site: TwinChange) -> None:
    """My Alipay is a link on the right of the profile; its page has Account."""
    site.template("alipay.html", "alipay.html")
    site.template("alipay_link.html", "alipay_link.html")
    site.page(
        "profile.html",
        '<aside class="card" aria-labelledby="alipay">',
        '{% include "alipay_link.html" %}{% if false %}<aside>',
    )
    site.page("profile.html", "</aside>", "</aside>{% endif %}")

    def add(app: Flask) -> None:
        page = lambda: render_template("alipay.html")  # noqa: E731
        app.add_url_rule("/twin/alipay", "twin_alipay", page)

    site.app(add)
