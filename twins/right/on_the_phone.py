"""Other steps of a purchase in the mobile version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin

ADD = (
    '<li role="none"><a class="add" href="{{ url_for(\'mobile.card\', uid=checkout.uid) }}">'
    '<span aria-hidden="true" class="sign plus"></span>{{ _("Add new card") }}</a></li>'
)
ADD_RADIO = (
    '<li role="none"><label class="choice"><input form="pay" type="radio" name="means" value="new"'
    '{% if chosen == "new" %} checked{% endif %}><span>{{ _("Add new card") }}</span></label></li>'
)


@twin("shop", "C3.4")
def add_new_card_is_a_radio_button(site: TwinChange) -> None:
    """Add new card is the last radio button after the cards; the button below goes on."""
    site.page("mobile/payment.html", ADD, ADD_RADIO)

    def new_card_first(pay: Callable[..., Any]) -> Callable[..., Any]:
        def paid(uid: str) -> Any:
            if request.form.get("means") == "new":
                return redirect(url_for("mobile.card", uid=uid), 303)
            return pay(uid)

        return paid

    site.route("mobile.pay", new_card_first)


@twin("shop", "C3.3")
def address_is_changed_on_its_own_page(site: TwinChange) -> None:
    """The window shows the chosen address and Change, which opens the list of addresses."""
    site.template("chosen_address.html", "chosen_address.html")
    site.page(
        "mobile/sheet.html",
        '<div role="radiogroup"',
        '{% if request.args.get("address") != "kept" %}{% include "chosen_address.html" %}'
        '{% else %}<input type="hidden" name="choose" value="only"><div role="radiogroup"',
    )
    site.page(
        "mobile/sheet.html",
        "</p>\n    {% endif %}\n  </section>",
        "</p>{% endif %}\n    {% endif %}\n  </section>",
    )
    site.page(
        "mobile/sheet.html",
        '<button>{{ _("Pay") }}</button>',
        '<button>{% if not edited and request.args.get("address") == "kept" %}Use this address'
        '{% else %}{{ _("Pay") }}{% endif %}</button>',
    )

    def back_to_the_window(take: Callable[..., Any]) -> Callable[..., Any]:
        def taken(uid: str) -> Any:
            answer = take(uid)
            if request.form.get("choose"):
                return redirect(url_for("mobile.sheet", uid=uid), 303)
            return answer

        return taken

    site.route("mobile.take_address", back_to_the_window)
