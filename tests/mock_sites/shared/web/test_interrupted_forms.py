"""A form that is sent to wallet or vault by somebody who is not signed in: what is kept of it."""

from __future__ import annotations

from typing import Any

from tests.support.shop_fixture import SITE
from tests.support.vault_fixture import (
    BILLING,
    VaultFixture,
    VaultVisitor,
    code_for,
    field_value,
    words,
)
from tests.support.visitor import Visitor
from tests.support.wallet_fixture import WalletFixture

AGAIN = "Your session has ended, so nothing was sent."
CARD_NUMBER = "4111 1111 1111 1111"


def lose(visitor: Visitor, path: str, page: str | None = None, **form: Any) -> str:
    """Send a form after the session has ended; where to sign in."""
    with visitor.client.session_transaction() as session:
        session.clear()
    headers = {"Origin": SITE, "Referer": SITE + (page or path)}
    answer = visitor.client.post(path, data={"csrf_token": "old", **form}, headers=headers)
    assert answer.status_code == 303
    return answer.location


def come_back(fixture: WalletFixture | VaultFixture, visitor: Visitor, sign_in: str) -> str:
    person = fixture.stack.keys.people[0]
    return visitor.send(sign_in, phone=person.phone, password=person.password).text


def session_of(visitor: Visitor) -> str:
    with visitor.client.session_transaction() as session:
        return str(dict(session))


def test_a_payees_form_is_filled_in_again(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    sign_in = lose(buyer, "/pay/to/steam", account="night_owl_42", amount="150.00")

    page = come_back(wallet, buyer, sign_in)

    assert [field_value(page, name) for name in ("account", "amount")] == ["night_owl_42", "150.00"]
    assert AGAIN in words(page)
    assert wallet.rows("SELECT * FROM payments") == []


def test_a_code_is_not_kept_and_its_page_comes_again(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    path = buyer.be_sent_code()
    sign_in = lose(buyer, path, code=wallet.outside.codes[-1])
    assert wallet.outside.codes[-1] not in session_of(buyer)

    page = come_back(wallet, buyer, sign_in)

    assert "Confirm with the code" in page
    assert AGAIN in words(page)


def test_an_invoices_page_comes_again_with_its_query(wallet: WalletFixture) -> None:
    buyer, uid = wallet.buyer(), wallet.issue()
    path = f"/invoices/{uid}/pay?means=qw"

    page = come_back(wallet, buyer, lose(buyer, path))

    assert "Pay the invoice" in page
    assert wallet.outside.messages == []


def test_a_billing_address_is_kept_and_nothing_of_the_card(vault: VaultFixture) -> None:
    holder, number = vault.holder(), CARD_NUMBER
    card = {
        "card_number": number,
        "card_holder": "Olga Smirnova",
        "expiry": "12/40",
        "security_code": code_for("4111111111111111"),
    }
    sign_in = lose(holder, "/cards/new", **card, **BILLING)
    kept = session_of(holder)
    assert not [secret for secret in card.values() if secret in kept]

    page = come_back(vault, holder, sign_in)

    assert field_value(page, "address") == BILLING["address"]
    assert 'selected value="RU"' in page
    assert "Card data and codes are not saved" in words(page)
    assert vault.cards() == []


def test_a_card_number_in_a_wrong_field_is_not_kept(vault: VaultFixture) -> None:
    holder = vault.holder()
    lose(holder, "/cards/new", **BILLING | {"address": f"at {CARD_NUMBER}"})

    assert "4111" not in session_of(holder)


def test_an_edited_card_keeps_its_own_holder_and_expiry(vault: VaultFixture) -> None:
    holder: VaultVisitor = vault.holder()
    holder.add_card()
    path = f"/cards/{holder.tokens()[0]}/edit"
    edited = {"card_holder": "Olga", "expiry": "11/39", **BILLING, "address": "Nevsky 5"}

    page = come_back(vault, holder, lose(holder, path, **edited))

    assert field_value(page, "address") == "Nevsky 5"
    assert field_value(page, "card_holder") == "Anna Petrova"


def test_the_question_before_deleting_comes_again(vault: VaultFixture) -> None:
    holder = vault.holder()
    holder.add_card()
    token = holder.tokens()[0]
    question = f"/cards/delete?card={token}"

    page = come_back(vault, holder, lose(holder, "/cards/delete", question, card=token))

    assert "<h1>Delete 1 card?</h1>" in page
    assert len(vault.cards()) == 1
