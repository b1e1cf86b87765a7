"""Other landmarks and elements for the same content."""

from __future__ import annotations

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.wallet.domain import catalogue


@twin("wallet", "W1.1", "W1.5", "W2.4")
def wallet_has_no_main(site: TwinChange) -> None:
    """The content of the wallet's pages stands in a section, not in a main."""
    _content_in_a_section(site)


@twin("shop", "C1.2", "C3.3", "W2.1")
def shop_has_no_main(site: TwinChange) -> None:
    """The content of the shop's pages stands in a section, not in a main."""
    _content_in_a_section(site)


def _content_in_a_section(site: TwinChange) -> None:
    site.page("layout.html", '<main id="content"', '<section id="content"')
    site.page("layout.html", "</main>", "</section>")


@twin("wallet", "W1.1")
def wallet_menu_is_no_nav(site: TwinChange) -> None:
    """The wallet's menu is a plain list, without a nav around it."""
    site.page("wallet_layout.html", "<nav aria-label=\"{{ _('Menu') }}\">", '<div class="menu">')
    site.page("wallet_layout.html", "</nav>", "</div>")


@twin("wallet", "W1.1")
def wallet_menu_has_buttons(site: TwinChange) -> None:
    """The entries of the wallet's menu are buttons, not links."""
    site.page(
        "wallet_layout.html",
        '<a href="{{ url_for(endpoint) }}"',
        '<form action="{{ url_for(endpoint) }}"><button class="quiet"',
    )
    site.page("wallet_layout.html", "{{ caption }}</a>", "{{ caption }}</button></form>")


@twin("shop", "C1.1", "C2.1")
def shop_menu_is_no_nav(site: TwinChange) -> None:
    """The shop's menu is a plain list, without a nav around it."""
    site.page("shop_layout.html", "<nav aria-label=\"{{ _('Main menu') }}\">", '<div class="menu">')
    site.page("shop_layout.html", "</nav>", "</div>")


@twin("shop", "C3.1")
def mobile_menu_is_folded(site: TwinChange) -> None:
    """On the phone the menu is folded: a press on Menu opens it."""
    site.page(
        "mobile/layout.html",
        '<nav class="tabs" aria-label="{{ _(\'Main menu\') }}">\n  <ul>',
        '<nav class="tabs" aria-label="{{ _(\'Main menu\') }}">\n'
        "  <details><summary>{{ _('Menu') }}</summary><ul>",
    )
    site.page("mobile/layout.html", "  </ul>\n</nav>", "  </ul></details>\n</nav>")


@twin("shop", "C2.1")
def alipay_stands_in_a_section(site: TwinChange) -> None:
    """My Alipay is a section of the profile, not an aside."""
    site.page("profile.html", '<aside class="card"', '<section class="card"')
    site.page("profile.html", "</aside>", "</section>")


@twin("wallet", "W1.5", "W1.6")
def entered_values_stand_in_a_table(site: TwinChange) -> None:
    """The check page lists what was entered in a table, not in a list of terms."""
    site.template("payment_facts.html", "facts_in_a_table.html")


@twin("wallet", "W2.4")
def invoices_stand_in_a_list(site: TwinChange) -> None:
    """The invoices stand in a list, not in a table."""
    site.template("invoices.html", "invoices_in_a_list.html")


@twin("shop", "C1.1", "C1.2", "C1.7")
def cart_is_a_list(site: TwinChange) -> None:
    """The cart is a list of products, not a table."""
    site.template("cart.html", "cart_in_a_list.html")


@twin("vault", "C2.3", "C2.5")
def cards_stand_in_a_list(site: TwinChange) -> None:
    """The vault's cards stand in a list, not in a table."""
    site.template("cards.html", "cards_in_a_list.html")


@twin("wallet", "W1.3")
def logos_are_backgrounds(site: TwinChange) -> None:
    """The logo of a tile is the background of an element with a name, not an img."""
    site.page(
        "category.html",
        '<img src="{{ url_for(\'pay.logo\', slug=payee.slug) }}" alt="">{{ _(payee.name) }}',
        '<span class="logo {{ payee.slug }}" role="img" aria-label="{{ _(payee.name) }}"></span>'
        " <span>{{ _(payee.name) }}</span>",
    )
    slugs = [payee.slug for category in catalogue.categories() for payee in category.payees]
    images = [f".logo.{slug} {{ background: url(/logos/{slug}.svg) }}" for slug in slugs]
    site.file("logos.css", "\n".join([".logo { width: 64px; height: 64px }", *images]))
    site.head('<link rel="stylesheet" href="/twin/logos.css">')


@twin("vault", "C2.2")
def bank_card_icon_has_no_caption(site: TwinChange) -> None:
    """The bank-card icon has its name as alternative text, and no caption."""
    site.page("home.html", 'alt="">{{ _("Bank cards") }}', "alt=\"{{ _('Bank cards') }}\">")


@twin("vault", "C2.2")
def vault_pages_say_only_that_they_run_to_the_left(site: TwinChange) -> None:
    """Only pages that run from right to left declare a direction."""
    direction = ' dir="{{ locale().text_direction }}"'
    site.page(
        "layout.html", direction, "{% if locale().text_direction == 'rtl' %} dir=\"rtl\"{% endif %}"
    )


@twin("shop", "C1.3", "C1.4")
def fold_control_stands_in_the_heading(site: TwinChange) -> None:
    """A button in the heading folds the block Payment methods."""
    heading = '<h2 id="payment-heading">{{ _("Payment methods") }}</h2>'
    button = (
        '<h2 id="payment-heading"><button type="button" class="fold" aria-controls="methods"'
        " aria-expanded=\"{{ 'false' if folded else 'true' }}\">"
        '{{ _("Payment methods") }} <span aria-hidden="true">▾</span></button></h2>'
    )
    for piece, instead in (
        ('<details class="methods"{% if not folded %} open{% endif %}>', '<div class="methods">'),
        (f"<summary>{heading}", button),
        ("</summary>", '<div id="methods"{% if folded %} hidden{% endif %}>'),
        ("</details>", "</div></div>"),
    ):
        site.page("payment_methods.html", piece, instead)
    site.file("fold.js", FOLD)
    site.head('<script src="/twin/fold.js" defer></script>')


FOLD = """\
for (const button of document.querySelectorAll("button.fold")) {
  const block = document.getElementById(button.getAttribute("aria-controls"));
  button.addEventListener("click", () => {
    block.hidden = !block.hidden;
    button.setAttribute("aria-expanded", String(!block.hidden));
  });
}
"""


@twin("shop", "C1.5", "C1.6")
def save_card_is_a_switch(site: TwinChange) -> None:
    """At the desktop checkout Save card is a switch."""
    piece = '<input type="checkbox" name="{{ card_form.save_card.name }}"'
    site.page("payment_methods.html", piece, f'{piece} role="switch"')


@twin("shop", "C3.5")
def mobile_save_card_is_a_tick_box(site: TwinChange) -> None:
    """On the phone Save card is a tick box, not a switch."""
    site.page("mobile/card.html", '<input type="checkbox" role="switch"', '<input type="checkbox"')
