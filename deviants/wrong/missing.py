"""Missing pages, parts of pages, and messages."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, url_for

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.refusal import NotFound
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.domain.cart import Carts
from mock_sites.shop.routes import current_shop
from mock_sites.shop.routes.forms import CardForm
from mock_sites.wallet.domain import bills


@deviant("W1.1", "wallet", "The menu has Pay")
def nothing_to_pay(site: Change) -> None:
    """Pay leads to a page without categories."""
    site.page("categories.html", "in categories %}", "in [] %}")


@deviant("W1.2", "wallet", "Entertainment has games and social networks")
def no_social_networks(site: Change) -> None:
    """Entertainment has games, but no social networks."""
    piece = "in category.groups.items()"
    site.page("category.html", piece, f'{piece} if group != "Social networks"')


@deviant("W1.2", "wallet", "After another category, a category lists its own payees [Fines")
def fines_lead_nowhere(site: Change) -> None:
    """The category Fines leads to a page that is not there."""

    def without_fines(page):  # type: ignore[no-untyped-def]
        def category(slug: str) -> str:
            if slug == "fines":
                raise NotFound(slug)
            return str(page(slug))

        return category

    site.route("pay.category", without_fines)


@deviant("W1.3", "wallet", "The tile opens the payee's form")
def tiles_without_logos(site: Change) -> None:
    """The tiles of the payees carry no logo."""
    site.page("category.html", '<img src="{{ url_for(\'pay.logo\', slug=payee.slug) }}" alt="">')


@deviant("W1.3", "wallet", "Every tile in a category has a logo and a caption")
def logos_do_not_load(site: Change) -> None:
    """The pictures of the logos are not there."""
    site.route("pay.logo", lambda _page: lambda slug: abort(404))


@deviant("W1.6", "wallet", "The payment appears in the history with its receipt")
def history_without_receipts(site: Change) -> None:
    """The history does not lead to the receipts."""
    site.page("payments.html", "{{ url_for('payments.receipt', uid=payment.uid) }}", "#")


@deviant("W1.6", "phone", "The message appears on the phone by itself")
def phone_has_to_be_reloaded(site: Change) -> None:
    """A message shows on the phone only after its page is loaded again."""
    site.page("inbox.html", "data-follows", "data-follows-not")
    # Without scripts the page loads itself again.
    site.page("inbox.html", 'http-equiv="refresh"', "data-nothing")


@deviant("W2.2", "shop", "The shop asks for no wallet number")
def phone_is_asked_for(site: Change) -> None:
    """The checkout does not know the buyer's phone."""
    site.page("checkout.html", 'type="tel", ', 'type="tel", value="", ')


@deviant("W2.3", "wallet", "The notice counts every unpaid invoice")
def no_notice_of_invoices(site: Change) -> None:
    """The home page tells of no invoice."""
    site.page("home.html", "{% if unpaid %}", "{% if false %}")


@deviant("W2.3", "wallet", "View opens the list of invoices")
def view_leads_to_the_history(site: Change) -> None:
    """View leads to the history of payments."""
    site.page("home.html", "url_for('invoices.index')", "url_for('home.history')")


@deviant("W2.4", "wallet", "An invoice shows the shop, the amount, the due date and the state")
def invoices_without_due_date(site: Change) -> None:
    """The list of invoices does not say until when they can be paid."""
    site.page("invoices.html", "{{ invoice.bill.expires_at | moment }}")


@deviant("W2.5", "wallet", "A payment method that is not enabled cannot be chosen")
def nothing_but_the_wallet(site: Change) -> None:
    """No other payment method is offered."""
    site.rule(bills, "PAYMENT_METHODS", ("qw",))


@deviant("W2.5", "wallet", "A payment method that is not enabled cannot be chosen")
def disabled_without_a_reason(site: Change) -> None:
    """It is not said why a payment method cannot be chosen."""
    site.page("means.html", '{{ _("Not enabled for you.") }}')


@deviant("W2.1", "shop", "The wallet is one of several online options")
def nothing_else_online(site: Change) -> None:
    """The wallet is the only way to pay online."""
    options = "in wording.ONLINE_OPTIONS.items()"
    site.page("payment_methods.html", options, f'{options} if choice == "qiwi-wallet"')


@deviant("C1.1", "shop", "An added product is in the cart")
def cart_forgets(site: Change) -> None:
    """A product that is put into the cart is not in it."""
    site.rule(Carts, "add", lambda self, customer_id, slug, quantity: None)


@deviant("C1.4", "shop", "Add card shows the form with four fields")
def add_card_shows_no_form(site: Change) -> None:
    """Add card does not show the form."""
    values = "{{ card_fields.values(card_form, focus) }}"
    site.page("payment_methods.html", values, f"{{% if not cards %}}{values}{{% endif %}}")


@deviant("C2.1", "shop", "The shop shows a notice before it opens the vault")
def no_notice_of_leaving(site: Change) -> None:
    """The shop does not warn that its site is left."""
    site.page("leaving.html", "You are about to leave the shop", "Your account")


@deviant("C2.1", "shop", "Continuing opens the vault")
def vault_is_not_reached(site: Change) -> None:
    """A buyer who agrees to leave stays in the shop."""
    site.page("leaving.html", 'href="{{ vault_url }}/"', 'href="/"')


@deviant("C2.2", "vault", "The card icon opens the card management page")
def icon_leads_home(site: Change) -> None:
    """The icon of a bank card leads back to the home page."""
    site.page("home.html", "url_for('cards.index')", "url_for('home.index')")


@deviant("C2.2", "vault", "The card icon opens the card management page")
def no_icon(site: Change) -> None:
    """The way to the cards has no icon."""
    site.page(
        "home.html", "<img src=\"{{ url_for('static', filename='bank-card.svg') }}\" alt=\"\">"
    )


@deviant("C2.5", "vault", "A message says that one cent is held for a day or less")
def no_message_about_the_cent(site: Change) -> None:
    """Nothing is said about the cent."""
    site.page("cards.html", 'in cards if card.state == "CHECKING" %}', "in [] %}")


@deviant("C2.5", "vault", "A declined card is not linked")
def refused_without_a_word(site: Change) -> None:
    """The vault does not say that a card was refused."""
    site.page("new_card.html", "{{ forms.errors(form, fields) }}")


@deviant("C3.3", "shop", "The window shows the purchase and the delivery address")
def window_without_the_purchase(site: Change) -> None:
    """The window does not show what is bought."""
    site.page("mobile/sheet.html", "in checkout.lines %}", "in [] %}")


@deviant("C3.3", "shop", "The window shows the purchase and the delivery address")
def window_without_the_address(site: Change) -> None:
    """The window has no part for the delivery address."""
    site.page("mobile/sheet.html", 'class="card" aria-labelledby="delivery"', 'class="card" hidden')


@deviant("C3.3", "shop", "Without an address the buyer cannot continue")
def address_is_not_asked_for(site: Change) -> None:
    """The purchase goes on without an address."""
    site.route(
        "mobile.take_address",
        lambda _page: lambda uid: redirect(url_for("mobile.payment", uid=uid), 303),
    )


@deviant(
    "W2.1", "shop", "Without an address there is no order, and the payment method stays chosen"
)
def way_to_pay_is_forgotten(site: Change) -> None:
    """A refused order forgets the way to pay that was chosen."""
    site.page("payment_methods.html", "{% if field.data == choice %} checked{% endif %}")


@deviant("C3.5", "shop", "A declined card is not linked")
def refused_without_a_word_on_the_phone(site: Change) -> None:
    """The shop does not say that a card was refused."""
    site.rule(CardForm, "show", lambda self, refusal: None)


@deviant("C1.7", "shop", "Removing the product from the cart keeps the card linked")
def nothing_leaves_the_cart(site: Change) -> None:
    """Remove leaves the product in the cart."""
    site.rule(Carts, "remove", lambda self, customer_id, slug: None)


@deviant("C1.5", "shop", "A payment that never reached the vault fails and places no order")
def failed_payment_is_not_told(site: Change) -> None:
    """After a payment that failed the checkout is shown again, and says nothing of it."""
    site.page("checkout.html", "[earlier_error] if earlier_error else []", "[]")


@deviant("C1.5", "shop", "A card is not linked to a person who signs in in the same browser")
def profile_without_cards_is_not_found(site: Change) -> None:
    """My profile of a person without a card is a page that is not found."""

    def unless_there_is_none(page: Any) -> Any:
        def profile() -> str:
            if not current_shop.cards.known(signed_in_person().id):
                raise NotFound("cards")
            return str(page())

        return profile

    site.route("profile.profile", unless_there_is_none)


@deviant("C1.7", "shop", "The first card is linked under circumstances, from start to finish")
def empty_cart_is_not_found(site: Change) -> None:
    """A cart in which nothing lies any more is a page that is not found."""

    def unless_it_is_empty(page: Any) -> Any:
        def cart() -> str:
            if not current_shop.carts.lines(signed_in_person().id):
                raise NotFound("cart")
            return str(page())

        return cart

    site.route("cart.cart", unless_it_is_empty)


@deviant("W2.4", "wallet", "A paid invoice stays in the list and cannot be paid again")
def states_of_invoices_are_hidden(site: Change) -> None:
    """The page has the state of each invoice, but does not show it."""
    state = '<span class="state {{ {'
    site.page("bill_facts.html", state, state.replace("<span", "<span hidden"))


@deviant("W1.6", "wallet", "If the money has been spent meanwhile, nothing is paid")
def refusals_at_the_code_are_hidden(site: Change) -> None:
    """The page of the code has the reason why nothing was paid, but does not show it."""
    errors = "{{ forms.errors(form) }}"
    site.page("code.html", errors, f"<div hidden>{errors}</div>")


@deviant("C2.3", "vault", "The vault asks before it deletes a card")
def deletion_cannot_be_confirmed(site: Change) -> None:
    """The vault asks whether to delete a card, and its Confirm is not shown."""
    site.page(
        "delete_cards.html", '<button>{{ _("Confirm") }}', '<button hidden>{{ _("Confirm") }}'
    )
