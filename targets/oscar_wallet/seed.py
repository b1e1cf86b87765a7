"""The goods of the shop: twelve products with names and prices of its own."""

from __future__ import annotations

import django

django.setup()
from django.core.management import call_command  # noqa: E402
from oscar.apps.address.models import Country  # noqa: E402
from oscar.apps.catalogue.models import Product, ProductClass  # noqa: E402
from oscar.apps.partner.models import Partner, StockRecord  # noqa: E402

IN_STOCK = 5_000
# "Red mug" is a part of "Red mug, large": a harness has to tell them apart.
PRICES = {
    "Red mug": "640.00",
    "Red mug, large": "815.50",
    "Blue mug": "999.90",
    "Tea pot": "1875.00",
    "Jar of jam": "415.25",
    "Bread board": "268.40",
    "Coffee machine": "21490.00",
    "Soup bowl": "530.00",
    "Wool throw": "4450.00",
    "Wooden puppet": "1210.00",
    "Chess set": "2305.00",
    "Card game": "790.00",
}

Country.objects.create(
    iso_3166_1_a2="GB",
    iso_3166_1_a3="GBR",
    iso_3166_1_numeric="826",
    printable_name="United Kingdom",
    name="United Kingdom",
    is_shipping_country=True,
)
kind = ProductClass.objects.create(name="Kitchen", requires_shipping=True, track_stock=True)
partner = Partner.objects.create(name="Storehouse")
for title, price in PRICES.items():
    product = Product.objects.create(title=title, product_class=kind, structure="standalone")
    StockRecord.objects.create(
        product=product,
        partner=partner,
        partner_sku=product.slug,
        price=price,
        num_in_stock=IN_STOCK,
    )
call_command("rebuild_index", "--noinput", verbosity=0)
