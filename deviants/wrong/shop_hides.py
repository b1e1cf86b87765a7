"""The shop hides what a buyer needs: it is in the page, but not shown."""

from __future__ import annotations

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant

CARD_FORM_OF_NEWCOMERS = "In other languages, the first card can be entered and saved at once"
METHODS = "payment_methods.html"


@deviant("C1.1", "shop", "A cart with many products shows all of them")
def cart_shows_ten_products(site: Change) -> None:
    """The cart has every product, and hides those after the tenth."""
    site.page(
        "cart.html", "<tr>\n      <td", "<tr{% if loop.index > 10 %} hidden{% endif %}>\n      <td"
    )


@deviant("C1.2", "shop", "Without a ticked product the shop asks to tick one")
def cart_hides_its_products_beside_an_error(site: Change) -> None:
    """The cart asks to tick a product, and hides the products."""
    table = '<table class="wide cart"'
    site.page("cart.html", table, f"{table}{{% if error %}} hidden{{% endif %}}")


@deviant("C1.3", "shop", "A further card is linked under circumstances, from start to finish")
def linked_cards_are_hidden_in_the_open_block(site: Change) -> None:
    """The arrow of the block opens it, but the linked cards stay hidden."""
    site.page(
        METHODS,
        "{% for card in cards %}\n        <label",
        "{% for card in cards %}\n        <label hidden",
    )


@deviant("C1.3", "shop", "A further card is linked under circumstances, from start to finish")
def linked_cards_cannot_be_chosen(site: Change) -> None:
    """In the open block the linked cards are shown, but none can be chosen."""
    site.page(METHODS, "{% if card is expired %} disabled", "{% if card %} disabled")


@deviant("C1.4", "shop", "In other languages, Card is chosen and Add card is there")
def add_card_is_hidden_in_other_languages(site: Change) -> None:
    """On pages in another language than English, Add card is hidden."""
    button = '<button class="second" name="press" value="add-card"'
    hidden = '{% if locale().language != "en" %} hidden{% endif %}'
    site.page(METHODS, button, f"{button}{hidden}")


@deviant("C1.4", "shop", "Add card shows the form with four fields")
def fields_of_a_further_card_cannot_be_edited(site: Change) -> None:
    """The form for a further card is shown, but nothing can be entered."""
    fieldset = '<fieldset class="new-card">'
    site.page(METHODS, fieldset, '<fieldset class="new-card"{% if cards %} disabled{% endif %}>')


@deviant("C1.6", "shop", CARD_FORM_OF_NEWCOMERS)
def save_card_is_hidden(site: Change) -> None:
    """The form for the first card does not show its Save card."""
    tick = '<label class="choice"><input type="checkbox"'
    site.page(METHODS, tick, tick.replace("<label", "<label hidden"))


@deviant("C2.1", "shop", "The shop shows a notice before it opens the vault")
def way_out_is_hidden(site: Change) -> None:
    """The shop warns before it leaves for the vault, but its Continue is hidden."""
    link = '<a class="button" href="{{ vault_url }}/"'
    site.page("leaving.html", link, f"{link} hidden")


@deviant("C2.1", "shop", "The shop warns on its Arabic pages")
def arabic_pages_do_not_warn(site: Change) -> None:
    """On Arabic pages the shop leads to the vault without a word of warning."""
    heading = '<h1 id="leaving">{{ _("You are about to leave the shop") }}'
    instead = heading.replace("{{ _(", '{{ _("My Alipay") if locale().language == "ar" else _(')
    site.page("leaving.html", heading, instead)


@deviant("C3.1", "shop", "The address of the form shows no form once the cart is empty")
def empty_cart_on_the_phone_shows_nothing(site: Change) -> None:
    """On the phone an empty cart is an empty page."""
    site.page("mobile/cart.html", "<h1>", "<h1{% if not lines %} hidden{% endif %}>")
    site.page("mobile/cart.html", '{% else %}\n<div class="card">', "{% else %}\n<div hidden>")


@deviant("C3.5", "shop", "Save card is off until the buyer switches it on")
def switch_of_the_form_is_hidden(site: Change) -> None:
    """The form on the phone has the switch Save card, but hides it."""
    site.page("mobile/card.html", '<label class="switch"', '<label class="switch" hidden')


@deviant("W2.2", "shop", "Once the wallet works again, there is one invoice")
def way_to_the_invoice_is_hidden(site: Change) -> None:
    """The order has the link to its invoice in the wallet, but hides it."""
    link = '<a class="button" href="{{ pay_address }}"'
    site.page("order_state.html", link, f"{link} hidden")


@deviant("C1.2", "shop", "Without a ticked product the shop asks to tick one")
def request_to_tick_is_hidden(site: Change) -> None:
    """Without a tick the cart comes back, and its error is hidden."""
    alert = "{{ forms.alert(error) }}"
    site.page("cart.html", alert, f"<div hidden>{alert}</div>")


@deviant("C1.3", "shop", "The payment block is folded if a card is linked")
def folded_block_is_hidden(site: Change) -> None:
    """While the payment block is folded, nothing of it is shown."""
    block = '<section class="card" aria-labelledby="payment-heading"'
    site.page(METHODS, block, f"{block}{{% if folded %}} hidden{{% endif %}}")


@deviant("C1.3", "shop", "The arrow shows the linked cards and the payment methods")
def open_block_hides_all_but_the_main_card(site: Change) -> None:
    """The open payment block hides every card but the main one."""
    each = "{% for card in cards %}\n        <label"
    site.page(METHODS, each, f"{each}{{% if not card.main %}} hidden{{% endif %}}")


@deviant("C1.3", "shop", "The arrow shows the linked cards and the payment methods")
def open_block_hides_other_methods(site: Change) -> None:
    """The open payment block hides every payment method but Card."""
    label = '<label class="choice">\n  <input'
    hidden = '<label class="choice"{% if choice in ("online", "cash") %} hidden{% endif %}>'
    site.page(METHODS, label, f"{hidden}\n  <input")


@deviant("C1.4", "shop", "Add card shows the form with four fields")
def form_of_add_card_is_hidden(site: Change) -> None:
    """The form that Add card opens is in the page, but hidden."""
    values = "{{ card_fields.values(card_form, focus) }}"
    site.page(METHODS, values, f"<div{{% if cards %}} hidden{{% endif %}}>{values}</div>")


@deviant("C1.5", "shop", "A declined card is not linked")
def refusals_are_hidden_at_the_checkout(site: Change) -> None:
    """The checkout has the reason why a card was declined, but hides it."""
    alert = '<div class="alert" role="alert" tabindex="-1" autofocus>'
    site.page("checkout.html", alert, alert.replace(">", "{% if not told %} hidden{% endif %}>"))


@deviant("C1.5", "shop", "A payment that never reached the vault fails and places no order")
def failed_payments_are_hidden_at_the_checkout(site: Change) -> None:
    """The checkout has the words that a payment failed, but hides them."""
    alert = '<div class="alert" role="alert" tabindex="-1" autofocus>'
    site.page("checkout.html", alert, alert.replace(">", "{% if told %} hidden{% endif %}>"))


@deviant("C1.5", "shop", "A saved card is linked")
def profile_hides_linked_cards(site: Change) -> None:
    """The profile has the linked cards, but hides them."""
    site.page("profile.html", '<ul class="linked">', '<ul class="linked" hidden>')


@deviant("C1.6", "shop", "Save card keeps the card for the next purchase")
def main_card_is_hidden_at_the_checkout(site: Change) -> None:
    """The checkout hides the main card among those to pay with."""
    each = "{% for card in cards %}\n        <label"
    site.page(METHODS, each, f"{each}{{% if card.main %}} hidden{{% endif %}}")


@deviant("W2.1", "shop", "The wallet is one of several online options")
def other_online_options_are_hidden(site: Change) -> None:
    """The checkout hides every online option but the wallet."""
    label = '<label class="choice">\n  <input'
    hidden = "{% if choice in ('bank-transfer', 'mobile-bill') %} hidden{% endif %}"
    site.page(METHODS, label, f'<label class="choice"{hidden}>\n  <input')


@deviant("W2.1", "shop", "The payment method that was chosen last counts")
def states_of_waiting_orders_are_hidden(site: Change) -> None:
    """An order that awaits its payment hides its state."""
    state = '<span class="state {{ wording'
    hidden = '<span{% if order.state == "AWAITING_PAYMENT" %} hidden{% endif %} class="state {{'
    site.page("order_words.html", state, f"{hidden} wording")
