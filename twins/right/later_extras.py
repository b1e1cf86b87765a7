"""More on a page than the document speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask
from flask_login import current_user

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values.money import Money
from mock_sites.shop.store import ProductRow
from twins.right.later_words import said

LATER = said("Pay later", "Оплатить позже", "الدفع لاحقًا")
HELD = said(
    "After you press Save, one kopek is held on the card for one day or less to check it. Then it"
    " is given back, and the link is final. The amount:",
    "После нажатия «Сохранить» на карте на сутки или меньше блокируется одна копейка для проверки."
    " Затем она возвращается, и привязка становится окончательной. Сумма:",
    "بعد الضغط على «حفظ» تُحجز كوبيك واحدة على البطاقة ليوم أو أقل للتحقق منها. ثم تُعاد ويصبح الربط"
    " نهائيًا. المبلغ:",
)
RECOMMENDED = '{% include "recommended.html" %}'


@twin("wallet", "W2.6")
def pay_or_pay_later(site: TwinChange) -> None:
    """Beside Pay stands Pay later, which leads back to the invoices."""
    pay = '<button>{{ _("Pay") }}</button>'
    later = f'<a class="button second" href="{{{{ url_for(\'invoices.index\') }}}}">{LATER}</a>'
    site.page("pay_invoice.html", pay, f"{pay} {later}")


@twin("shop", "C1.1", "C1.2", "C1.7", "C3.1", "C3.2")
def cart_recommends_products(site: TwinChange) -> None:
    """Below the cart other products are recommended, each with Add to cart."""

    def add(app: Flask) -> None:
        shop = app.extensions["shop"]

        def recommended() -> Sequence[ProductRow]:
            lines = shop.carts.lines(current_user.person.id)
            there = {line.product_slug for line in lines}
            return [one for one in shop.catalogue.products() if one.slug not in there][:3]

        app.jinja_env.globals["recommended"] = recommended

    site.app(add)
    site.template("recommended.html", "later_recommended.html")
    for page in ("cart.html", "mobile/cart.html"):
        site.page(
            page, "{% endif %}\n{% endblock %}", f"{{% endif %}}{RECOMMENDED}{{% endblock %}}"
        )


@twin("vault", "C2.5")
def hold_is_told_before_saving(site: TwinChange) -> None:
    """The form of a new card tells below Save what will be held, before anything is."""

    def add(app: Flask) -> None:
        app.jinja_env.globals["one_kopek"] = Money(1, "RUB")

    site.app(add)
    end = "  </div>\n</form>"
    note = f'<p class="hint">{HELD} <bdi>{{{{ one_kopek | money }}}}</bdi>.</p>'
    site.page("new_card.html", end, f"  </div>\n  {note}\n</form>")
