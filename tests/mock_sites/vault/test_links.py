"""What the vault keeps of a card that is linked, and what becomes of it (C2.3-C2.5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mock_sites.shared.values.card_number_detection import holds_card_number
from mock_sites.shared.values.cards import Expiry
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.vault.domain.billing import Billing
from mock_sites.vault.domain.card_view import card_facts, listed_card_facts
from mock_sites.vault.domain.cards import CardDetails
from mock_sites.vault.domain.fingerprints import Fingerprints
from mock_sites.vault.store import CardState, VaultingStatus
from tests.support.bare_vault import BILLING, OTHER, PHONE, BareVault, card, vaulting
from tests.support.vault_fixture import MASTERCARD, MIR, VISA


def numbers(bare: BareVault, phone: str = PHONE) -> list[str]:
    return [row.last_four for row in bare.vault.cards.of(phone)]


def main_number(bare: BareVault) -> list[str]:
    return [row.last_four for row in bare.vault.cards.of(PHONE) if row.main]


def billing_of(bare: BareVault, token: str) -> Billing:
    row = bare.vault.cards.get(PHONE, token)
    return Billing(str(row.country), str(row.postal_code), str(row.address))


def test_a_card_is_kept_as_it_was_typed_but_for_its_number(bare: BareVault) -> None:
    row = bare.vault.cards.get(PHONE, bare.link().token)
    assert (row.first_six, row.last_four, row.brand) == ("411111", "1111", "Visa")
    assert (row.phone, row.holder, row.expiry) == (PHONE, "Anna Petrova", Expiry(2040, 12))
    assert (row.state, row.main, row.linked_at) == (CardState.CHECKING, True, bare.clock.now())
    assert billing_of(bare, row.token) == BILLING


def test_a_card_may_be_linked_without_a_billing_address(bare: BareVault) -> None:
    row = bare.vault.cards.link(PHONE, card())
    assert (row.country, row.postal_code, row.address) == (None, None, None)


def test_no_two_cards_have_the_same_token(bare: BareVault) -> None:
    tokens = {bare.link(number).token for number in (VISA, MIR)}
    assert len(tokens) == 2


def test_no_token_looks_like_a_card_number(
    bare: BareVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = bytes.fromhex("a" + VISA + "a" * 15)

    with monkeypatch.context() as patch:
        # Whichever of the two a token is made with.
        patch.setattr("os.urandom", lambda length: random[:length])
        patch.setattr("secrets.token_hex", lambda length: random[:length].hex())
        token = bare.vault.cards.link(PHONE, card()).token

    assert holds_card_number(random.hex())
    assert not holds_card_number(token)


def test_a_card_is_told_by_its_masked_number_and_its_brand(bare: BareVault) -> None:
    row = bare.link()
    facts = {"cardToken": row.token, "maskedCardNo": "411111******1111", "brand": "VISA"}
    assert card_facts(row) == facts
    assert listed_card_facts(row) == {
        **facts,
        "expiryMonth": 12,
        "expiryYear": 2040,
        "cardholderName": {"firstName": "Anna", "lastName": "Petrova"},
        "main": True,
        "status": VaultingStatus.PENDING,
    }


@pytest.mark.parametrize(
    ("holder", "first", "last"),
    [("Anna Maria Petrova", "Anna Maria", "Petrova"), ("Cher", "", "Cher")],
)
def test_the_last_word_of_a_name_is_the_last_name(
    bare: BareVault, holder: str, first: str, last: str
) -> None:
    row = bare.vault.cards.link(PHONE, replace(card(), holder=holder))
    assert listed_card_facts(row)["cardholderName"] == {"firstName": first, "lastName": last}


def test_a_person_has_the_same_card_once(bare: BareVault) -> None:
    bare.link()
    with pytest.raises(Refusal) as refused:
        bare.link()
    assert (refused.value.code, refused.value.field) == ("card.already-linked", "card_number")
    bare.link(phone=OTHER)
    assert (numbers(bare), numbers(bare, OTHER)) == (["1111"], ["1111"])


def test_the_newest_of_the_other_cards_follows_the_main_one(bare: BareVault) -> None:
    tokens = [bare.link(number).token for number in (VISA, MASTERCARD, MIR)]
    bare.link(phone=OTHER)
    assert (numbers(bare), main_number(bare)) == (["7761", "4444", "1111"], ["1111"])

    bare.vault.cards.delete(PHONE, tokens[:1])
    assert main_number(bare) == ["7761"]
    bare.vault.cards.withdraw(tokens[2])
    assert main_number(bare) == ["4444"]
    bare.vault.cards.delete(PHONE, tokens[1:])
    assert numbers(bare) == []
    assert [row.last_four for row in bare.vault.cards.shown_to(PHONE)] == []


def test_the_card_that_was_made_main_is_the_only_one(bare: BareVault) -> None:
    _, mastercard, _ = (bare.link(number).token for number in (VISA, MASTERCARD, MIR))
    before = len(bare.told())
    for _ in range(2):
        bare.vault.cards.make_main(PHONE, mastercard)
    assert main_number(bare) == ["4444"]
    assert len(bare.told()) == before + 1


def test_an_edited_card_is_kept_as_it_was_edited(bare: BareVault) -> None:
    token, billing = bare.link().token, Billing("KZ", "A-1", "Abay 1")
    before = len(bare.told())
    bare.vault.cards.edit(PHONE, token, CardDetails("Boris", Expiry(2039, 1), billing))
    row = bare.vault.cards.get(PHONE, token)
    assert (row.holder, row.expiry, row.last_four) == ("Boris", Expiry(2039, 1), "1111")
    assert billing_of(bare, token) == billing
    assert len(bare.told()) == before + 1


def test_a_card_that_its_issuer_took_back_can_be_seen_and_deleted_only(bare: BareVault) -> None:
    token = bare.link().token
    bare.vault.cards.withdraw(token)
    details = CardDetails("Boris", Expiry(2039, 1), BILLING)
    with pytest.raises(NotFound):
        bare.vault.cards.make_main(PHONE, token)
    with pytest.raises(NotFound):
        bare.vault.cards.edit(PHONE, token, details)
    [shown] = bare.vault.cards.shown_to(PHONE)
    assert (shown.state, shown.fingerprint, shown.main) == (CardState.FAILED, None, False)

    bare.vault.cards.delete(PHONE, [token])

    assert bare.vault.cards.shown_to(PHONE) == []
    with pytest.raises(NotFound):
        bare.vault.cards.get(PHONE, token)


def test_a_card_that_was_deleted_is_forgotten_and_its_issuer_withdraws_nothing(
    bare: BareVault,
) -> None:
    token = bare.link().token
    for _ in range(2):
        bare.vault.cards.delete(PHONE, [token])
    told = len(bare.told())
    bare.vault.cards.withdraw(token)
    [hold] = bare.vault.cards.trail(PHONE)
    assert (hold.card.state, hold.card.holder) == (CardState.DELETED, "")
    assert (hold.card.country, hold.card.postal_code, hold.card.address) == (None, None, None)
    assert [event.state for event in hold.events] == ["HELD", "RETURNED"]
    assert len(bare.told()) == told == 2


def test_cards_of_somebody_else_are_neither_shown_nor_chosen_nor_deleted(bare: BareVault) -> None:
    mine, anothers = bare.link().token, bare.link(MIR, OTHER).token
    for act in (bare.vault.cards.chosen, bare.vault.cards.delete):
        for tokens in ([mine, anothers], ["no such token"]):
            with pytest.raises(NotFound):
                act(PHONE, tokens)
    with pytest.raises(NotFound):
        bare.vault.cards.withdraw("no such token")
    assert (numbers(bare), numbers(bare, OTHER)) == (["1111"], ["7761"])
    assert [row.last_four for row in bare.vault.cards.shown_to(PHONE)] == ["1111"]
    assert [hold.card.last_four for hold in bare.vault.cards.trail(OTHER)] == ["7761"]


def test_the_chosen_cards_come_newest_first(bare: BareVault) -> None:
    tokens = [bare.link(number).token for number in (VISA, MASTERCARD, MIR)]
    chosen = bare.vault.cards.chosen(PHONE, [tokens[0], tokens[2], tokens[0]])
    assert [row.last_four for row in chosen] == ["7761", "1111"]
    with pytest.raises(Refusal) as refused:
        bare.vault.cards.chosen(PHONE, [])
    assert refused.value.code == "cards.none-chosen"


def test_what_becomes_of_a_card_is_the_outcome_of_its_own_request(bare: BareVault) -> None:
    bare.vault.vaultings.vault(vaulting())
    other = bare.vault.vaultings.vault(vaulting(MIR, request_id="v-2"))
    unasked = bare.link(MASTERCARD)
    assert other.card is not None
    bare.vault.cards.withdraw(other.card.token)
    bare.vault.cards.delete(PHONE, [unasked.token])
    statuses = [bare.vault.vaultings.read(request_id).status for request_id in ("v-1", "v-2")]
    assert statuses == [VaultingStatus.PENDING, VaultingStatus.FAIL]


def test_a_link_is_final_once_the_cent_is_back(bare: BareVault) -> None:
    bare.vault.vaultings.vault(vaulting())
    bare.link(MIR)
    bare.advance(hours=24)
    assert {row.state for row in bare.vault.cards.of(PHONE)} == {CardState.LINKED}
    assert bare.vault.vaultings.read("v-1").status == VaultingStatus.SUCCESS
    assert bare.vault.discrepancies() == []


def test_the_same_card_has_the_same_fingerprint_under_the_same_secret_only() -> None:
    one, other = Fingerprints("one"), Fingerprints("other")
    assert one.of(VISA) == Fingerprints("one").of(VISA)
    assert len({one.of(VISA), one.of(MIR), other.of(VISA)}) == 3
    assert VISA not in one.of(VISA)
