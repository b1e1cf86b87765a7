"""Pages of a vault with menus, one choice for all cards, a list box and a list of steps."""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from werkzeug.wrappers import Response

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from twins.three_languages import said

STATE_OF_MAIN = (
    '      {% if card.main %}<span class="state good">{{ _("Main card") }}</span>\n'
    "      {% elif card.counts and card is not expired %}\n"
    '      <form method="post" action="{{ url_for(\'cards.make_main\', token=card.token) }}">\n'
    "        {{ forms.token() }}\n"
    '        <button class="second small" aria-describedby="card-{{ card.id }}">'
    '{{ _("Set as main") }}</button>\n'
    "      </form>\n"
    "      {% endif %}\n"
)
SET_AS_MAIN = (
    "{% if card.counts and not card.main and card is not expired %}"
    '<form method="post" action="{{ url_for(\'cards.make_main\', token=card.token) }}">'
    '{{ forms.token() }}<button class="second small">{{ _("Set as main") }}</button></form>'
    "{% endif %}"
)
EDIT = (
    "{% if card.counts %}<a href=\"{{ url_for('cards.edit', token=card.token) }}\""
    ' aria-describedby="card-{{ card.id }}">{{ _("Edit") }}</a>{% endif %}'
)
HELD = (
    '  <p class="news">{{ _("One kopek (%(kopek)s) is held on %(card)s to check it, for one day or'
    ' less. Then it is released, and the link is final.", kopek=card.hold.money | money,'
    " card=show.name(card)) }}</p>\n"
)


@twin("vault", "C2.3")
def each_card_has_a_menu(site: TwinChange) -> None:
    """What can be done with one card is in a menu in its row, which opens on demand."""
    actions = said("Actions", "Действия", "إجراءات")
    site.page(
        "cards.html",
        STATE_OF_MAIN,
        '{% if card.main %}<span class="state good">{{ _("Main card") }}</span>{% endif %}\n',
    )
    site.page(
        "cards.html",
        EDIT,
        f"{{% if card.counts %}}<details><summary>{actions}"
        '<span class="visually-hidden"> {{ card.brand }} {{ card.masked_number }}</span></summary>'
        f"{EDIT}{SET_AS_MAIN}</details>{{% endif %}}",
    )


@twin("vault", "C2.3")
def main_card_is_one_choice(site: TwinChange) -> None:
    """Which card is the main one is a choice among all rows; one button below takes it."""
    site.page(
        "cards.html",
        STATE_OF_MAIN,
        '{% if card.counts %}<input type="radio" form="main" name="main"'
        ' value="{{ card.token }}"{% if card.main %} checked{% endif %}'
        "{% if card is expired %} disabled{% endif %}"
        " aria-label=\"{{ _('Main card') }}: {{ card.brand }} {{ card.masked_number }}\">"
        "{% endif %}\n",
    )
    site.page(
        "cards.html",
        '<form id="chosen"',
        '<form id="main" class="below" method="post" action="/twin/main">{{ forms.token() }}'
        '<button class="second">{{ _("Set as main") }}</button></form>\n<form id="chosen"',
    )

    def take() -> Response:
        token = request.form.get("main")
        if token is None:
            return redirect(url_for("cards.index"), 303)
        # With the form: the page of the card checks who sends it.
        return redirect(url_for("cards.make_main", token=token), 307)

    def add(app: Flask) -> None:
        app.add_url_rule("/twin/main", "twin_main", take, methods=["POST"])

    site.app(add)


@twin("vault", "C2.2")
def language_is_a_list_box(site: TwinChange) -> None:
    """The language is chosen in a list box at the foot of the page, and then switched."""
    site.template("languages.html", "third/language_list_box.html")


@twin("vault", "C2.5")
def held_cent_is_told_in_steps(site: TwinChange) -> None:
    """What happens with the held cent is a list of three steps below the cards."""
    steps = (
        said(
            "{{ card.hold.money | money }} is held on {{ show.name(card) }} now.",
            "Сейчас на карте {{ show.name(card) }} удерживается {{ card.hold.money | money }}.",
            "المبلغ {{ card.hold.money | money }} محجوز الآن على {{ show.name(card) }}.",
        ),
        said(
            "It is given back within one day or less.",
            "В течение суток или раньше эта сумма возвращается.",
            "يُعاد خلال يوم واحد أو أقل.",
        ),
        said(
            "Then the link of the card is final.",
            "После этого привязка карты окончательна.",
            "بعد ذلك يصبح ربط البطاقة نهائيًا.",
        ),
    )
    told = "".join(f"<li>{step}</li>" for step in steps)
    site.page("cards.html", HELD, f'  <ol class="news">{told}</ol>\n')
