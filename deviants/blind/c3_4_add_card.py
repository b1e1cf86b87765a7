"""C3.4: Add new card stands after the earlier cards, and first where there are none."""

from __future__ import annotations

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant

PAGE = "mobile/payment.html"
EVERY_CARD = "{% for card in cards %}"
LINK = "{{ url_for('mobile.card', uid=checkout.uid) }}"
WORDS = '{{ _("Add new card") }}'
ADD = (
    f'<li role="none"><a class="add" href="{LINK}">'
    f'<span aria-hidden="true" class="sign plus"></span>{WORDS}</a></li>'
)
END = "</ul>"


@deviant("C3.4", "shop")
def add_new_card_stands_before_several_cards(site: Change) -> None:
    """With several earlier cards Add new card stands before them."""
    site.page(PAGE, ADD, f"{{% if cards | length < 2 %}}{ADD}{{% endif %}}")
    site.page(PAGE, EVERY_CARD, f"{{% if cards | length > 1 %}}{ADD}{{% endif %}}{EVERY_CARD}")


@deviant("C3.4", "shop")
def add_new_card_comes_last_without_a_card(site: Change) -> None:
    """Without an earlier card Add new card is the last entry, after the other ways to pay."""
    site.page(PAGE, ADD, f"{{% if cards %}}{ADD}{{% endif %}}")
    site.page(PAGE, END, f"{{% if not cards %}}{ADD}{{% endif %}}{END}")


@deviant("C3.4", "shop")
def only_the_main_card_is_listed(site: Change) -> None:
    """Of the earlier cards only the main one is listed."""
    site.page(PAGE, EVERY_CARD, "{% for card in cards if card.main %}")


@deviant("C3.4", "shop")
def three_cards_are_the_most_on_a_phone(site: Change) -> None:
    """With three earlier cards there is no Add new card any more."""
    site.page(PAGE, ADD, f"{{% if cards | length < 3 %}}{ADD}{{% endif %}}")


@deviant("C3.4", "shop")
def last_card_comes_after_add_new_card(site: Change) -> None:
    """Of several earlier cards the last one stands after Add new card."""
    site.page(PAGE, ADD, f"{{% if cards | length < 2 %}}{ADD}{{% endif %}}")
    before_last = f"{{% if loop.last and not loop.first %}}{ADD}{{% endif %}}"
    site.page(PAGE, EVERY_CARD, f"{EVERY_CARD}{before_last}")


@deviant("C3.4", "shop")
def add_new_card_leads_to_the_vault(site: Change) -> None:
    """With an earlier card Add new card leads to the vault, and not to the form."""
    vault = "{{ url_for('profile.leaving') }}"
    site.page(PAGE, LINK, f"{{% if cards %}}{vault}{{% else %}}{LINK}{{% endif %}}")


@deviant("C3.4", "shop")
def add_new_card_is_english_everywhere(site: Change) -> None:
    """Add new card is in English in every language."""
    site.page(PAGE, WORDS, "Add new card")


@deviant("C3.4", "shop")
def ways_to_pay_stand_between_the_cards_and_add_new_card(site: Change) -> None:
    """With an earlier card Add new card stands last, after the wallet and cash."""
    site.page(PAGE, ADD, f"{{% if not cards %}}{ADD}{{% endif %}}")
    site.page(PAGE, END, f"{{% if cards %}}{ADD}{{% endif %}}{END}")
