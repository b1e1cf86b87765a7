"""More entries, other orders, and lists in parts."""

from __future__ import annotations

from dataclasses import replace

import mock_sites.wallet
from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shop import wording
from mock_sites.shop.domain import payment_methods
from mock_sites.shop.domain.payment_methods import OnlineOption
from mock_sites.shop.routes import checkout
from mock_sites.wallet.domain import bills, catalogue
from mock_sites.wallet.domain.catalogue import Category
from mock_sites.wallet.wording import PAYMENT_METHODS

# The page that an address asks for, and a link to the next one if there is more.
PAGE = '{% set page = [request.args.get("page", "1") | int, 1] | max %}'
NEXT = (
    "{%% if %(things)s | length > %(size)d * page %%}"
    '<p><a href="?{%% for name, value in request.args.items() if name != "page" %%}'
    '{{ name }}={{ value | urlencode }}&amp;{%% endfor %%}page={{ page + 1 }}">Next page</a></p>'
    "{%% endif %%}"
)


def _in_pages(
    site: TwinChange, template: str, thing: str, size: int, *, end: str, then: str = ""
) -> None:
    things = f"{thing}s"
    loop = f"{{% for {thing} in {things} %}}"
    part = f"{{% for {thing} in {things}[{size} * (page - 1):{size} * page] %}}"
    site.page(template, loop, PAGE + part)
    more = NEXT % {"things": things, "size": size}
    site.page(template, end + then, f"{end}{PAGE}{more}{then}")


@twin("wallet", "W2.4")
def invoices_come_in_pages(site: TwinChange) -> None:
    """The invoices come in pages of three, the newest first."""
    _in_pages(site, "invoices.html", "invoice", 3, end="</table>")


@twin("shop", "W2.1", "C1.1")
def catalogue_comes_in_pages(site: TwinChange) -> None:
    """The catalogue comes in pages of four products."""
    _in_pages(site, "catalogue.html", "product", 4, end="</ul>", then="\n{% else %}")


@twin("wallet", "W2.4")
def unpaid_invoices_have_a_list_of_their_own(site: TwinChange) -> None:
    """Unpaid invoices stand in a table of their own, above the others."""
    groups = (
        '{% set is = "bill.status", "equalto", "WAITING" %}'
        '{% for title, group in [(_("Not paid"), invoices | selectattr(*is) | list),'
        ' ("Others", invoices | rejectattr(*is) | list)] if group %}<h2>{{ title }}</h2>'
    )
    site.page("invoices.html", '<table class="wide">', f'{groups}<table class="wide">')
    site.page("invoices.html", "{% for invoice in invoices %}", "{% for invoice in group %}")
    site.page("invoices.html", "</table>", "</table>{% endfor %}")


@twin("wallet", "W1.2", "W1.3")
def payees_come_in_reverse(site: TwinChange) -> None:
    """Categories, groups and payees come in the reverse order."""

    def reversed_in(category: Category) -> Category:
        groups = {name: payees[::-1] for name, payees in reversed(category.groups.items())}
        return replace(category, groups=groups)

    site.wrap(catalogue, "categories", lambda read: lambda: tuple(map(reversed_in, read()[::-1])))


@twin("wallet", "W1.2", "W1.3")
def payees_have_no_groups(site: TwinChange) -> None:
    """The payees of a category stand in one list, without headings for groups."""

    def in_one_list(category: Category) -> Category:
        return replace(category, groups={"": category.payees})

    site.wrap(catalogue, "categories", lambda read: lambda: tuple(map(in_one_list, read())))


@twin("wallet", "W2.5")
def wallet_has_more_payment_methods(site: TwinChange) -> None:
    """The wallet offers five payment methods for an invoice, and its balance comes last."""
    more = {"bonus": "Bonus points", "credit": "Pay in parts"}
    site.rule(bills, "PAYMENT_METHODS", (*more, "mobile", "card", "qw"))
    site.rule(mock_sites.wallet, "PAYMENT_METHODS", {**PAYMENT_METHODS, **more})


@twin("shop", "W2.1")
def shop_has_more_online_options(site: TwinChange) -> None:
    """The shop offers five ways to pay online, and QIWI Wallet comes third."""
    more = {"fast-payments": "Faster payments", "gift-card": "Gift card"}
    options = (*map(OnlineOption, more), *payment_methods.ONLINE_OPTIONS)
    site.rule(payment_methods, "ONLINE_OPTIONS", options)
    site.rule(checkout, "ONLINE_OPTIONS", options)
    site.rule(wording, "ONLINE_OPTIONS", {**more, **wording.ONLINE_OPTIONS})


@twin("shop", "C1.3", "C1.4", "W2.1")
def card_comes_last(site: TwinChange) -> None:
    """Card comes last among the payment methods, and is still chosen."""
    site.rule(wording, "PAYMENTS", dict(reversed(wording.PAYMENTS.items())))


@twin("wallet", "W2.4")
def shops_have_their_legal_names(site: TwinChange) -> None:
    """The wallet names a shop by its legal name: "Samovar shop LLC"."""
    site.page("invoices.html", "{{ _(invoice.shop) }}", "{{ _(invoice.shop) }} LLC")
    site.page("bill_facts.html", "{{ _(invoice.shop) }}", "{{ _(invoice.shop) }} LLC")
