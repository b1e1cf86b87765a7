"""Pages of a shop with what shops have besides: coupons, taxes, wrapping, more goods, stages."""

from __future__ import annotations

from flask import Flask

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values.money import Money
from mock_sites.shop.routes import current_shop
from mock_sites.shop.store import ProductRow
from twins.three_languages import said

# Of the price with the tax in it: a rate of 20 %.
TAX_PART = 6
RELATED = 2


@twin("shop", "W2.2", "W2.6")
def order_status_is_a_row_of_stages(site: TwinChange) -> None:
    """The status of an order for the wallet is a row of all its stages, with the present marked."""
    sent = said("Sent", "Отправлен", "أُرسل")
    site.page(
        "order_state.html",
        "<dd>{{ show.state(order) }}</dd>",
        '<dd>{% if order.payment_method == "QIWI_WALLET" and not order.refunds'
        ' and order.state in ("AWAITING_PAYMENT", "PAID") %}<ol class="stages">'
        '{% for stage in ("AWAITING_PAYMENT", "PAID") %}'
        '<li{% if stage == order.state %} aria-current="step"{% endif %}>'
        "{{ wording.ORDER_STATES[stage] }}</li>{% endfor %}"
        f"<li>{sent}</li></ol>{{% else %}}{{{{ show.state(order) }}}}{{% endif %}}</dd>",
    )
    site.file("stages.css", ".stages [aria-current] { font-weight: bold; font-size: larger }")
    site.head('<link rel="stylesheet" href="/twin/stages.css">')


@twin("shop", "C1.1", "C1.2", "C3.1", "C3.2")
def cart_offers_gift_wrapping(site: TwinChange) -> None:
    """Each product in the cart has a second box to tick: whether it is wrapped as a gift."""
    words = said("Gift wrap", "Подарочная упаковка", "تغليف هدية")
    box = (
        '<label class="choice"><input type="checkbox" form="buy" name="wrapped"'
        f' value="{{{{ product.slug }}}}"> {words}'
        '<span class="visually-hidden"> {{ _(product.name) }}</span></label>'
    )
    gone = '{% if not product.on_sale %}<small>{{ _("No longer available") }}</small>{% endif %}'
    for page in ("cart.html", "mobile/cart.html"):
        site.page(page, gone, f"{gone}{box}")


@twin("shop", "C1.2", "C1.5", "C1.6", "W2.1")
def checkout_takes_coupons(site: TwinChange) -> None:
    """Above the checkout one may enter a promo code; there is none at the moment."""
    code, apply = (
        said("Promo code", "Промокод", "رمز العرض"),
        said("Apply", "Применить", "تطبيق"),
    )
    unknown = said("There is no such code.", "Такого кода нет.", "لا يوجد رمز كهذا.")
    form = '<form class="split" method="post" novalidate>'
    site.page(
        "checkout.html",
        form,
        '<form class="card actions" method="get">'
        f'<label for="promo">{code}</label>'
        '<input id="promo" name="promo" autocomplete="off" maxlength="20">'
        f'<button class="second small">{apply}</button>'
        f'{{% if request.args.promo %}}<p class="hint">{unknown}</p>{{% endif %}}</form>{form}',
    )


@twin("shop", "C2.1", "C2.6")
def profile_is_in_the_account_menu(site: TwinChange) -> None:
    """The links to orders and profile are in a menu that opens under the buyer's name."""
    orders = '<li>{{ entry("orders.orders", _("My orders")) }}</li>'
    profile = '<li>{{ entry("profile.profile", _("My profile")) }}</li>'
    site.page(
        "shop_layout.html",
        f"{orders}\n    {profile}",
        "{% if current_user.is_authenticated %}<li><details><summary>"
        f"<bdi>{{{{ current_user.person.name }}}}</bdi></summary><ul>{orders}{profile}</ul>"
        f"</details></li>{{% else %}}{orders}{profile}{{% endif %}}",
    )


@twin("shop", "C1.2", "W2.2")
def sums_have_their_tax_beside_them(site: TwinChange) -> None:
    """Checkout and order also show the price of delivery, nothing, and the tax in the total."""
    delivery = said("Delivery", "Доставка", "التوصيل")
    tax = said("VAT included", "В том числе НДС", "شامل ضريبة القيمة المضافة")
    site.page(
        "checkout.html",
        '<li class="sum">',
        f"<li><span>{delivery}</span> <span>{{{{ no_money() | money }}}}</span></li>"
        f"<li><span>{tax}</span> <span>{{{{ tax_in(checkout.total) | money }}}}</span></li>"
        '<li class="sum">',
    )
    rows = "".join(
        f'<tr><th scope="row" colspan="2">{words}</th>'
        f'<td class="amount">{{{{ {amount} | money }}}}</td></tr>'
        for words, amount in ((delivery, "no_money()"), (tax, "tax_in(order.total)"))
    )
    site.page("order.html", "<tfoot>", f"<tfoot>{rows}")

    def add(app: Flask) -> None:
        app.jinja_env.globals["no_money"] = lambda: Money(0, "RUB")
        app.jinja_env.globals["tax_in"] = lambda total: Money(
            total.minor // TAX_PART, total.currency
        )

    site.app(add)


@twin("shop", "C1.1", "C3.1")
def product_page_sells_related_goods(site: TwinChange) -> None:
    """Below a product stand two others, each with a button of the same name as its own."""
    heading = said("Often bought together", "Часто покупают вместе", "يُشترى معًا غالبًا")
    site.template("related_goods.html", "third/related_goods.html")
    end = "  </div>\n</div>\n{% endblock %}"
    site.page(
        "product.html",
        end,
        f"  </div>\n</div>\n<h2>{heading}</h2>"
        '{% include "related_goods.html" %}\n{% endblock %}',
    )

    def related(product: ProductRow) -> list[ProductRow]:
        others = current_shop.catalogue.products(product.category_slug)
        return [one for one in others if one.slug != product.slug][:RELATED]

    def add(app: Flask) -> None:
        app.jinja_env.globals["related_to"] = related

    site.app(add)


@twin("shop", "C1.3", "C1.4", "C1.6")
def chosen_card_opens_the_block(site: TwinChange) -> None:
    """The heading Payment methods stands above the fold; the chosen card is what opens it."""
    site.page(
        "payment_methods.html",
        '<details class="methods"',
        '<h2 id="payment-heading">{{ _("Payment methods") }}</h2>\n  <details class="methods"',
    )
    site.page(
        "payment_methods.html",
        '<h2 id="payment-heading">{{ _("Payment methods") }}</h2>{% if chosen %} '
        '<span class="chosen">{{ words_of.named(chosen) }}</span>{% endif %}</summary>',
        "{% if chosen %}{{ words_of.named(chosen) }}"
        "{% else %}{{ form.payment.label.text }}{% endif %}</summary>",
    )


@twin("shop", "C3.4", "C3.5", "C3.6")
def mobile_ways_have_headings(site: TwinChange) -> None:
    """On the phone the ways to pay are two lists with headings: cards, and ways without one."""
    yours = said("Your cards", "Ваши карты", "بطاقاتك")
    without = said("Without a card", "Без карты", "بدون بطاقة")
    opening = (
        '<ul class="ways" role="radiogroup" aria-label="{{ _(\'How would you like to pay?\') }}"'
        '{% if error %} aria-describedby="payment-error"{% endif %}>'
    )
    site.page(
        "mobile/payment.html",
        opening,
        f'<h2 id="cards-heading">{yours}</h2>\n<ul class="ways" aria-labelledby="cards-heading">',
    )
    site.page(
        "mobile/payment.html",
        "  {% for value, payment_method in other_methods.items() %}",
        f'</ul>\n<h2 id="others-heading">{without}</h2>\n'
        '<ul class="ways" aria-labelledby="others-heading">\n'
        "  {% for value, payment_method in other_methods.items() %}",
    )
    site.page("mobile/payment.html", '<li role="none">', "<li>")
