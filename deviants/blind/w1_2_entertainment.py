"""W1.2: Entertainment lists its games and social networks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import url_for

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.wallet.domain import catalogue
from mock_sites.wallet.routes import current_wallet

EVERY_GROUP = "{% for group, payees in category.groups.items() %}"
EVERY_PAYEE = "{% for payee in payees %}"


@deviant("W1.2", "wallet")
def entertainment_lists_only_games(site: Change) -> None:
    """Entertainment lists the games, and no social network."""
    some = f"{EVERY_GROUP[:-3]} if group != 'Social networks' %}}"
    site.page("category.html", EVERY_GROUP, some)


@deviant("W1.2", "wallet")
def a_group_ends_after_three(site: Change) -> None:
    """Of each group of payees only the first three are listed."""
    site.page("category.html", EVERY_PAYEE, "{% for payee in payees[:3] %}")


@deviant("W1.2", "wallet")
def fines_stand_among_the_games(site: Change) -> None:
    """Entertainment lists the traffic fines too."""

    def with_fines(old: Any) -> Any:
        def category(slug: str) -> Any:
            found = old(slug)
            if slug != "entertainment":
                return found
            fines = [catalogue.payee("traffic-fines")]
            return replace(found, groups={**found.groups, "": fines})

        return category

    site.wrap(catalogue, "category", with_fines)


@deviant("W1.2", "wallet")
def headings_of_the_groups_are_swapped(site: Change) -> None:
    """The games stand under Social networks, and the social networks under Games."""
    other = "{'Games': 'Social networks', 'Social networks': 'Games'}.get(group, group)"
    site.page("category.html", "{{ _(group) }}", f"{{{{ _({other}) }}}}")


@deviant("W1.2", "wallet")
def who_was_paid_is_listed_alone(site: Change) -> None:
    """Once a buyer has paid a game, Entertainment lists nothing but what was paid before."""

    def only_paid(old: Any) -> Any:
        def category(slug: str) -> Any:
            found = old(slug)
            entries = current_wallet.history.of(signed_in_person())
            names = {entry.payment.payee_name for entry in entries if entry.payment}
            groups = {
                group: [payee for payee in payees if payee.name in names]
                for group, payees in found.groups.items()
            }
            return replace(found, groups=groups) if any(groups.values()) else found

        return category

    site.wrap(catalogue, "category", only_paid)


@deviant("W1.2", "wallet")
def categories_are_named_in_english_everywhere(site: Change) -> None:
    """The categories have their English names in every language."""
    site.page("categories.html", "{{ _(category.name) }}", "{{ category.name }}")


@deviant("W1.2", "wallet")
def entertainment_opens_its_first_game(site: Change) -> None:
    """Entertainment opens the form of its first game, without a list."""

    def first(old: Any) -> Any:
        def category(slug: str) -> Any:
            if slug != "entertainment":
                return old(slug)
            payee = catalogue.category(slug).payees[0]
            return redirect_after_post(url_for("pay.payee", slug=payee.slug))

        return category

    site.route("pay.category", first)


@deviant("W1.2", "wallet")
def arabic_list_has_no_social_networks(site: Change) -> None:
    """On the Arabic page Entertainment lists no social network."""
    hidden = "(locale().language == 'ar' and group == 'Social networks')"
    site.page("category.html", EVERY_GROUP, f"{EVERY_GROUP[:-3]} if not {hidden} %}}")


@deviant("W1.2", "wallet")
def groups_repeat_the_first_game(site: Change) -> None:
    """Under Social networks the games are listed a second time."""
    again = f"{EVERY_GROUP}{{% set payees = category.groups.values() | first %}}"
    site.page("category.html", EVERY_GROUP, again)
