"""A purchase that is shown in other elements than a list or a table."""

from __future__ import annotations

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin

IN_WINDOW = """\
<ul class="purchase card">
  {% for line in checkout.lines %}
  <li><span>{{ _(line.product.name) }}<small>{{ line.quantity }} × {{ line.price | money }}</small>\
</span> <span>{{ line.total | money }}</span></li>
  {% endfor %}
</ul>"""
IN_ORDER = """\
    <table>
      <thead>
        <tr><th scope="col">{{ _("Product") }}</th><th scope="col" class="amount">\
{{ _("Quantity") }}</th><th scope="col" class="amount">{{ _("Subtotal") }}</th></tr>
      </thead>
      <tbody>
        {% for line in order.lines %}
        <tr><td>{{ _(line.name) }}</td><td class="amount">{{ line.quantity }}</td>\
<td class="amount">{{ line.total | money }}</td></tr>
        {% endfor %}
      </tbody>
      <tfoot>
        <tr><th scope="row" colspan="2">{{ _("Total") }}</th>\
<td class="amount"><strong>{{ order.total | money }}</strong></td></tr>
      </tfoot>
    </table>"""


@twin("shop", "C3.2", "C3.3", "C3.6", "W2.2")
def purchase_stands_in_paragraphs(site: TwinChange) -> None:
    """The window and the order list the purchase in paragraphs, a product each."""
    site.page(
        "mobile/sheet.html",
        IN_WINDOW,
        '<div class="purchase card">{% for line in checkout.lines %}'
        "<p>{{ line.quantity }} × {{ _(line.product.name) }}: {{ line.total | money }}</p>"
        "{% endfor %}</div>",
    )
    site.page(
        "order.html",
        IN_ORDER,
        "{% for line in order.lines %}"
        "<p>{{ line.quantity }} × {{ _(line.name) }}: {{ line.total | money }}</p>{% endfor %}"
        '<p>{{ _("Total") }}: <strong>{{ order.total | money }}</strong></p>',
    )
