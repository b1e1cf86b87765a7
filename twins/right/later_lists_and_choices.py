"""Lists in other orders and places, and choices that look different."""

from __future__ import annotations

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin


@twin("shop", "C1.3", "C1.6", "C2.6", "C3.4")
def linked_cards_have_no_dots(site: TwinChange) -> None:
    """A linked card is called after its network and the digits that it ends in, without dots."""
    site.page("card_words.html", " •••• {{ card.last_four }}", ", ending in {{ card.last_four }}")


@twin("shop", "C3.3", "C3.4", "C3.5")
def steps_are_told_above(site: TwinChange) -> None:
    """On a phone every step of a purchase tells above which steps there are, the first to last."""
    steps = (
        '<ol class="hint">'
        '<li><a href="{{ url_for(\'cart.cart\') }}">{{ _("Cart") }}</a></li>'
        '<li>{{ _("Delivery address") }}</li><li>{{ _("Payment methods") }}</li>'
        '<li>{{ _("Done") }}</li></ol>'
    )
    step = "{% block step %}{% endblock %}"
    site.page("mobile/step.html", step, steps + step)


@twin("shop", "C3.4")
def add_new_card_is_a_button(site: TwinChange) -> None:
    """Add new card is the button of a form, not a link."""
    page, card = "mobile/payment.html", "{{ url_for('mobile.card', uid=checkout.uid) }}"
    words = '<span aria-hidden="true" class="sign plus"></span>{{ _("Add new card") }}'
    link = f'<a class="add" href="{card}">{words}</a>'
    site.page(page, link, f'<button class="add" form="new-card">{words}</button>')
    ways = '<ul class="ways"'
    site.page(page, ways, f'<form id="new-card" method="get" action="{card}"></form>\n{ways}')


@twin("vault", "C2.3", "C2.5")
def oldest_card_comes_first(site: TwinChange) -> None:
    """The list of cards begins with the one that was linked first."""
    page = "cards.html"
    site.page(page, '_("Your cards, newest first")', '"Your cards, oldest first"')
    site.page(page, "{% for card in cards %}", "{% for card in cards | reverse %}")


@twin("vault", "C2.3")
def add_card_stands_below_the_cards(site: TwinChange) -> None:
    """Add card stands at the end of the page, below the cards and what can be done with them."""
    page = "cards.html"
    form = (
        '<form class="below" method="get" action="{{ url_for(\'cards.add\') }}">'
        '<button>{{ _("Add card") }}</button></form>\n'
    )
    site.page(page, form)
    news = '<div role="status">'
    site.page(page, news, form + news)


@twin("vault", "C2.4")
def form_asks_where_from(site: TwinChange) -> None:
    """The form of a new card also asks where the buyer heard of the vault, and needs no answer."""
    sources = '["", "From a shop", "From friends", "From an advertisement"]'
    box = (
        '<div class="row"><label for="heard">Where have you heard of us? (optional)</label>'
        f'<select id="heard" name="heard">{{% for one in {sources} %}}'
        '<option{% if request.form.get("heard") == one %} selected{% endif %}>{{ one }}</option>'
        "{% endfor %}</select></div>\n  "
    )
    actions = '<div class="actions">'
    site.page("new_card.html", actions, box + actions)
