"""C1.3: the block Payment methods is folded with a linked card, and open without one."""

from __future__ import annotations

from typing import Any

from flask import session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.routes import current_shop

BLOCK = "payment_methods.html"
FOLDED = "{% set folded = chosen and "


def folded_if(site: Change, condition: str) -> None:
    """Fold the block only where this holds as well."""
    site.page(BLOCK, FOLDED, f"{{% set folded = {condition} and ")


def note_after_checkout(site: Change, mark: str, value: Any) -> None:
    """Keep ``value()`` in the session once a checkout was shown."""

    def noting(old: Any) -> Any:
        def checkout(uid: str) -> Any:
            page = old(uid)
            session[mark] = session.get(mark) or value()
            return page

        return checkout

    site.route("checkout.checkout", noting)


def has_a_card() -> bool:
    """Whether the buyer has a linked card."""
    return bool(current_shop.cards.known(signed_in_person().id))


@deviant("C1.3", "shop")
def block_is_folded_on_the_first_visit_only(site: Change) -> None:
    """The second time in a session the block is open, although a card is linked."""
    folded_if(site, "chosen and not session.saw_checkout")
    note_after_checkout(site, "saw_checkout", lambda: True)


@deviant("C1.3", "shop")
def block_is_open_with_two_cards(site: Change) -> None:
    """With two linked cards the block is open."""
    folded_if(site, "chosen and cards | length == 1")


@deviant("C1.3", "shop")
def block_is_open_with_one_card(site: Change) -> None:
    """With one linked card the block is open; it is folded from two on."""
    folded_if(site, "chosen and cards | length > 1")


@deviant("C1.3", "shop")
def block_stays_folded_without_the_card(site: Change) -> None:
    """After the last card was deleted the block stays folded."""
    folded_if(site, "(chosen or session.had_card)")
    note_after_checkout(site, "had_card", has_a_card)


@deviant("C1.3", "shop")
def block_opens_once_the_link_is_final(site: Change) -> None:
    """A day after a card was linked, when its link is final, the block is open."""
    folded_if(site, "chosen and chosen.being_checked")


@deviant("C1.3", "shop")
def arabic_block_is_open_with_a_card(site: Change) -> None:
    """On the Arabic page the block is open, although a card is linked."""
    folded_if(site, "chosen and locale().language != 'ar'")


@deviant("C1.3", "shop")
def block_is_open_for_several_products(site: Change) -> None:
    """The checkout of several products has the block open, although a card is linked."""
    folded_if(site, "chosen and checkout.lines | length == 1")


@deviant("C1.3", "shop")
def block_is_open_when_the_main_card_is_not_the_newest(site: Change) -> None:
    """The block is folded only while the main card is the one that was linked last."""
    folded_if(site, "chosen and chosen.position == 0")


@deviant("C1.3", "shop")
def arrow_opens_a_block_without_the_ways_to_pay(site: Change) -> None:
    """Opened by its arrow the block shows the cards, and no other way to pay."""
    ways = '<fieldset role="radiogroup"{{ described(form.payment) }}>'
    hidden = "{% if folded %} hidden{% endif %}>"
    site.page(BLOCK, ways, ways[:-1] + hidden)
