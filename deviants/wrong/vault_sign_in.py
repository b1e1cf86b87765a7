"""Signing in to the vault: who is let in, and who is not."""

from __future__ import annotations

from typing import Any

from flask import request

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.accounts import people
from mock_sites.shared.web import sign_in
from mock_sites.vault.routes import current_vault

ALMOST = "A password with another last character does not open the vault"


@deviant("C2.1", "vault", ALMOST)
def vault_takes_any_password(site: Change) -> None:
    """Any password opens the vault."""
    site.rule(people, "check_password_hash", lambda kept, password: True)


@deviant("C2.1", "vault", ALMOST)
def wrong_password_is_told_and_signs_in(site: Change) -> None:
    """The vault says that a password is wrong, and lets the person in all the same."""

    def all_the_same(page: Any) -> Any:
        def sign_in_anyway() -> Any:
            answer = page()
            if request.method == "POST" and isinstance(answer, str):
                person = current_vault.holders.find(people.parse_phone(request.form["phone"]))
                if person is not None:
                    sign_in.start_session(person)
            return answer

        return sign_in_anyway

    site.route("sign_in.sign_in", all_the_same)


@deviant("C2.1", "vault", "The phone number may be written in different ways at the vault")
def phone_number_has_to_be_in_one_form(site: Change) -> None:
    """The vault knows a phone number in one form only."""

    def strictly(find: Any) -> Any:
        def find_as_written(self: Any, phone: str, password: str) -> Any:
            written = request.form.get("phone", phone).strip()
            return find(self, phone if written == phone else "", password)

        return find_as_written

    site.wrap(people.People, "sign_in", strictly)
