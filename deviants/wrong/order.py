"""The order of steps: something is asked too early, or not asked at all."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.domain import orders
from mock_sites.shop.domain.checkout import Checkouts
from mock_sites.wallet.domain import payments
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.store import PaymentRow, PaymentStatus


class Everything(tuple[str, ...]):
    """Ticks that hold whatever lies in the cart."""

    def __contains__(self, _slug: object) -> bool:
        return True


def _buys_everything(start: Any) -> Any:
    return lambda self, customer_id, ticked: start(self, customer_id, Everything(["all"]))


@deviant("W1.5", "wallet", "The code page cannot be opened before the check")
def check_can_be_skipped(site: Change) -> None:
    """The code page opens for a payment that was not checked."""

    def unless_code_page_is_open(get: Any) -> Any:
        def get_payment(self: Payments, buyer: Any, uid: str) -> Any:
            payment = get(self, buyer, uid)
            if request.path.endswith("/code"):
                payment.status = "CONFIRMING"
            return payment

        return get_payment

    site.wrap(Payments, "get", unless_code_page_is_open)


@deviant("W1.6", "wallet", "Confirm can be pressed only after a code is entered")
def confirm_is_open_without_a_code(site: Change) -> None:
    """Confirm can be pressed before a code is entered."""
    site.page("code.html", ' data-waits-for="code"')


@deviant("W2.1", "shop", "The options appear only after Online is chosen")
def options_show_at_once(site: Change) -> None:
    """The online options are shown before Online is chosen."""
    site.page("payment_methods.html", 'class="online-options" ')


@deviant("W2.5", "wallet", "Nothing can be paid before a payment method is chosen")
def payment_method_is_not_asked_for(site: Change) -> None:
    """An invoice opens at the page that pays it, with the wallet chosen already."""
    site.route(
        "invoices.means",
        lambda _page: lambda uid: redirect(url_for("invoices.pay", uid=uid, means="qw")),
    )


@deviant("C1.2", "shop", "The checkout has only the ticked product")
def ticks_do_not_count(site: Change) -> None:
    """Everything in the cart goes to the checkout, ticked or not."""
    site.wrap(Checkouts, "start", _buys_everything)


@deviant("C1.2", "shop", "Without a ticked product the shop asks to tick one")
def nothing_needs_a_tick(site: Change) -> None:
    """Without a tick the whole cart is bought."""
    site.wrap(
        Checkouts,
        "start",
        lambda start: (
            lambda self, customer_id, ticked: start(
                self, customer_id, ticked or Everything(["all"])
            )
        ),
    )


@deviant("C1.4", "shop", "The method Card is already chosen")
def another_method_is_chosen(site: Change) -> None:
    """With a linked card, the method Card is not chosen."""
    site.page(
        "payment_methods.html",
        "{% if field.data == choice %} checked",
        '{% if field.data == choice and not (chosen and choice == "card") %} checked',
    )


@deviant("C1.6", "shop", "Card is chosen and the form is open, without Add card")
def newcomer_has_to_choose_card(site: Change) -> None:
    """Without a linked card, Card is not ticked."""
    site.page(
        "payment_methods.html",
        "{% if field.data == choice %} checked",
        '{% if field.data == choice and (chosen or choice != "card") %} checked',
    )


@deviant("C1.6", "shop", "Card is chosen and the form is open, without Add card")
def newcomer_has_to_press_add_card(site: Change) -> None:
    """Without a linked card, Add card is offered too."""
    site.page(
        "payment_methods.html",
        '<fieldset class="new-card">',
        '<button name="press" value="add-card">{{ _("Add card") }}</button>'
        '<fieldset class="new-card">',
    )


@deviant("C2.3", "vault", "The vault asks before it deletes a card")
def cards_are_deleted_unasked(site: Change) -> None:
    """Delete asks nothing."""
    site.route("cards.ask_before_deleting", lambda _page: lambda: redirect(url_for("cards.index")))


@deviant("C3.2", "shop", "Without a ticked product the window does not open")
def nothing_needs_a_tick_on_the_phone(site: Change) -> None:
    """On the phone the whole cart is bought without a tick."""
    site.wrap(Checkouts, "start", _buys_everything)


@deviant("C3.4", "shop", "A linked card comes before Add new card")
def new_card_comes_first(site: Change) -> None:
    """Add new card stands above the earlier cards."""
    card = "{% for card in cards %}"
    sign = '<span aria-hidden="true" class="sign plus"></span>'
    address = "{{ url_for('mobile.card', uid=checkout.uid) }}"
    words = '{{ _("Add new card") }}'
    entry = f'<li role="none"><a class="add" href="{address}">{sign}{words}</a></li>'
    site.page("mobile/payment.html", entry)
    site.page("mobile/payment.html", card, f"{entry}{card}")


@deviant("C3.4", "shop", "Without a linked card Add new card comes first")
def wallet_comes_first(site: Change) -> None:
    """Without a linked card, the wallet stands above Add new card."""
    means = '  <li role="none"><a class="add"'
    site.page("mobile/payment.html", means, f'  <li role="none">QIWI Wallet</li>\n{means}')


@deviant("W2.2", "shop", "A sold-out product cannot be ordered beside another")
def only_the_first_product_is_looked_at_again(site: Change) -> None:
    """Of several products that are ordered, only the first is looked at for a change."""

    def only_first(bring_up_to_date: Any) -> Any:
        def look_at_first(session: Any, checkout: Any) -> Any:
            rest = checkout.lines[1:]
            del checkout.lines[1:]
            changes = bring_up_to_date(session, checkout)
            checkout.lines.extend(rest)
            return changes

        return look_at_first

    site.wrap(orders, "bring_up_to_date", only_first)


@deviant("W1.6", "wallet", "A paid payment keeps its receipt, whatever is pressed in another tab")
def paid_payment_begins_anew(site: Change) -> None:
    """Confirm on the check of a paid payment asks for a code once more."""

    def forget_it_is_paid(begin: Any) -> Any:
        def begin_anew(self: Payments, buyer: Any, uid: str) -> PaymentRow:
            with self.database.transaction() as session:
                payment = payments.own_payment(session, buyer, uid)
                payment.status, payment.movement_id = PaymentStatus.ENTERED, None
            begun: PaymentRow = begin(self, buyer, uid)
            return begun

        return begin_anew

    site.wrap(Payments, "begin_confirming", forget_it_is_paid)
