"""Other addresses, statuses, words of refusals, and other ways for a page to arrive."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from flask import Flask, Response, redirect, render_template_string, request
from flask.typing import ResponseReturnValue

from checkout_conformance.drivers.capabilities import Capability
from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.web.sign_in import safe_redirect_path
from mock_sites.shop.routes import cart, checkout
from mock_sites.vault.routes import cards
from mock_sites.wallet.routes import invoices, payments

SECONDS = 0.15
NO_PAGES = ("/_", "/static", "/shared", "/.well-known", "/partner", "/notifications", "/ams")


@twin("wallet", "W1.6", "W2.4")
def wallet_has_other_addresses(site: TwinChange) -> None:
    """Invoices are at /bills, payments at /operations."""
    site.rule(invoices.pages, "url_prefix", "/bills")
    site.rule(payments.pages, "url_prefix", "/operations/<uid>")


@twin("shop", "C1.1", "C1.2")
def shop_has_other_addresses(site: TwinChange) -> None:
    """The cart is at /basket, the checkout at /order."""
    site.rule(cart.pages, "url_prefix", "/basket")
    site.rule(checkout.pages, "url_prefix", "/order")


@twin("vault", "C2.2", "C2.3")
def vault_has_other_addresses(site: TwinChange) -> None:
    """The bank cards are at /wallet/bank-cards."""
    site.rule(cards.pages, "url_prefix", "/wallet/bank-cards")


def _refuse_by_422(site: TwinChange) -> None:
    def refused(response: Response) -> Response:
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    site.answer(refused)


@twin("wallet", "W1.4", "W1.6")
def wallet_refuses_by_422(site: TwinChange) -> None:
    """The wallet answers a form with a mistake with status 422."""
    _refuse_by_422(site)


@twin("shop", "C1.2", "C1.5")
def shop_refuses_by_422(site: TwinChange) -> None:
    """The shop answers a form with a mistake with status 422."""
    _refuse_by_422(site)


@twin("wallet", "W1.4", "W1.6", "W2.6")
def wallet_refuses_in_other_words(site: TwinChange) -> None:
    """The wallet refuses with texts of its own."""
    site.words(
        {
            "account.empty": "Please tell us your account.",
            "amount.empty": "Please tell us how much you want to pay.",
            "amount.above-balance": "You only have %(available)s.",
            "amount.too-small": "You cannot pay less than %(smallest)s.",
            "balance.insufficient": "Your wallet lacks %(missing)s for this. We took no money.",
            "code.empty": "We need the digits that we sent to your phone.",
            "code.wrong": "These are not the digits that we sent. Tries left: %(left)s.",
            "code.expired": "These digits are too old. Ask for others.",
            "sign-in.wrong": "We could not sign you in. Look at both fields.",
        }
    )


@twin("shop", "C1.2", "C1.5", "C3.1")
def shop_refuses_in_other_words(site: TwinChange) -> None:
    """The shop refuses with texts of its own."""
    site.words(
        {
            "cart.nothing-ticked": "Please select what you would like to order.",
            "cart.empty": "There is nothing in your cart. You can link a card while you buy.",
            "payment.not-chosen": "How do you want to pay?",
            "card.declined": "Your bank said no to this card. You can try another one.",
            "card.insufficient-funds": "There is not enough money on this card.",
            "card_number.mistyped": "Please look at the number again: a digit must be wrong.",
            "expiry.past": "The date of this card has passed.",
        }
    )


@twin("vault", "C2.4", "C2.5")
def vault_refuses_in_other_words(site: TwinChange) -> None:
    """The vault refuses with texts of its own."""
    site.words(
        {
            "card.declined": "Your bank said no to this card, so we did not link it.",
            "card.insufficient-funds": "There is not enough money on this card to check it.",
            "card.already-linked": "You have linked this card before.",
            "card_number.mistyped": "Please look at the number again: a digit must be wrong.",
            "address.empty": "Where do your bills go?",
        }
    )


@twin("vault", "C2.5")
def vault_tells_of_the_hold_in_other_words(site: TwinChange) -> None:
    """The vault says in other words that a cent is held, for how long, and what follows."""
    site.page(
        "cards.html",
        "One kopek (%(kopek)s) is held on %(card)s to check it, for one day or less. Then it is"
        " released, and the link is final.",
        "We have reserved %(kopek)s on %(card)s. Within 24 hours you get it back, and your card is"
        " linked for good.",
    )


def _slow(site: TwinChange) -> None:
    def add(app: Flask) -> None:
        @app.before_request
        def take_time() -> None:
            # The difference itself: nothing is waited for.
            if not request.path.startswith(NO_PAGES):
                time.sleep(SECONDS)

    site.app(add)


@twin("wallet", "W1.1", "W2.3")
def wallet_answers_slowly(site: TwinChange) -> None:
    """Every page of the wallet takes 150 ms longer."""
    _slow(site)


@twin("shop", "C1.2", "C3.2", "W2.2")
def shop_answers_slowly(site: TwinChange) -> None:
    """Every page of the shop takes 150 ms longer."""
    _slow(site)


def _rendered_by_a_script(site: TwinChange) -> None:
    # The end first: the piece at the beginning brings an end of its own.
    site.page("layout.html", "</main>", "</template>")
    site.page(
        "layout.html",
        '<main id="content" tabindex="-1">',
        '<main id="content" tabindex="-1"></main><template id="page">',
    )
    site.page(
        "layout.html", "filename='live.js') }}\" defer", 'filename=\'live.js\') }}" type="later"'
    )
    site.file("render.js", RENDER)
    site.head('<script src="/twin/render.js" defer></script>')


RENDER = """\
setTimeout(() => {
  const page = document.getElementById("page");
  document.getElementById("content").append(page.content.cloneNode(true));
  const live = document.createElement("script");
  live.src = document.querySelector("script[type=later]").src;
  document.head.append(live);
}, 200);
"""


@twin("wallet", "W1.1", "W1.4", "W2.3", needs=(Capability.SCRIPT,))
def wallet_is_rendered_by_a_script(site: TwinChange) -> None:
    """A script of the wallet renders the content of a page 200 ms after it has loaded."""
    _rendered_by_a_script(site)


@twin("shop", "C1.2", "C1.5", "C3.3", needs=(Capability.SCRIPT,))
def shop_is_rendered_by_a_script(site: TwinChange) -> None:
    """A script of the shop renders the content of a page 200 ms after it has loaded."""
    _rendered_by_a_script(site)


@twin("wallet", "W1.6", "W2.6")
def payment_shows_a_waiting_page(site: TwinChange) -> None:
    """After the code a page asks to wait, and goes on by itself."""

    def waiting() -> ResponseReturnValue:
        target = safe_redirect_path(request.args.get("to")) or "/"
        return render_template_string(WAITING, target=target)

    def add(app: Flask) -> None:
        app.add_url_rule("/twin/waiting", "twin_waiting", waiting)

    def wait_first(response: Response) -> Response:
        if request.method == "POST" and str(response.location).endswith("/receipt"):
            response.location = f"/twin/waiting?{urlencode({'to': response.location})}"
        return response

    site.app(add)
    site.answer(wait_first)


WAITING = """\
{% extends "wallet_layout.html" %}
{% block head %}<meta http-equiv="refresh" content="0; url={{ target }}">{% endblock %}
{% block title %}One moment{% endblock %}
{% block content %}<h1>One moment, please</h1>
<p><a href="{{ target }}">Go on, if nothing happens</a></p>{% endblock %}
"""


@twin("shop", "C1.2", "W2.2")
def shop_redirects_twice(site: TwinChange) -> None:
    """After a form the shop redirects twice, with status 302."""

    def on_the_way() -> ResponseReturnValue:
        return redirect(safe_redirect_path(request.args.get("to")) or "/", 302)

    def add(app: Flask) -> None:
        app.add_url_rule("/twin/way", "twin_way", on_the_way)

    def first_elsewhere(response: Response) -> Response:
        is_own = safe_redirect_path(response.location) is not None
        # To another site, such as the card's issuer, it leads at once.
        if request.method == "POST" and response.status_code == 303 and is_own:
            response.status_code = 302
            response.location = f"/twin/way?{urlencode({'to': response.location})}"
        return response

    site.app(add)
    site.answer(first_elsewhere)
