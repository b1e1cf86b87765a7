"""What the vault tells the shop and whom it calls, how its books are read, what it wakes for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from mock_sites.shared.values.refusal import Refusal
from tests.support.bare_vault import OTHER, PHONE, SHOP, BareVault, card, payment, vaulting
from tests.support.vault_fixture import MIR, number_of

CHANGED = (
    "http://127.0.0.1:2/notifications/vault",
    {"notifyType": "BUYER_CARDS_CHANGED", "buyer": {"phone": PHONE}},
)


def do(bare: BareVault, statement: str) -> None:
    """Change a row behind the back of the rules."""
    with bare.database.transaction() as session:
        session.execute(text(statement))


def test_the_outcome_of_a_request_is_told_where_it_was_asked_to_be(bare: BareVault) -> None:
    token = bare.vault.cards.get(PHONE, _linked(bare)).token
    created = bare.vault.vaultings.read("v-1")
    bare.advance(hours=24)
    bare.vault.upkeep.settle_due()

    outcome = {
        "notifyType": "VAULTING_RESULT",
        "vaultingRequestId": "v-1",
        "vaultingStatus": "SUCCESS",
        "vaultingCreateTime": created.at.isoformat(timespec="seconds"),
        "buyer": {"phone": PHONE},
        "result": {
            "resultCode": "SUCCESS",
            "resultStatus": "S",
            "resultMessage": "success",
        },
        "paymentMethodDetail": {
            "paymentMethodType": "CARD",
            "card": {
                "cardToken": token,
                "maskedCardNo": "411111******1111",
                "brand": "VISA",
            },
        },
    }
    assert bare.told() == [CHANGED, ("http://127.0.0.1:2/told", outcome), CHANGED]


def _linked(bare: BareVault) -> str:
    card = bare.vault.vaultings.vault(vaulting()).card
    assert card is not None
    return card.token


@pytest.mark.parametrize("how", ["deleted", "withdrawn"])
def test_a_request_that_came_to_nothing_is_told_as_failed(bare: BareVault, how: str) -> None:
    token = _linked(bare)
    if how == "deleted":
        bare.vault.cards.delete(PHONE, [token])
    else:
        bare.vault.cards.withdraw(token)

    _, (url, outcome), changed = bare.told()

    assert (url, changed) == ("http://127.0.0.1:2/told", CHANGED)
    assert outcome["vaultingStatus"] == "FAIL"
    assert outcome["result"] == {
        "resultCode": "VAULTING_FAILED",
        "resultStatus": "F",
        "resultMessage": "the card is not linked",
    }
    assert bare.vault.vaultings.read("v-1").status == "FAIL"


def test_the_teller_is_called_once_something_is_to_be_told(bare: BareVault) -> None:
    bare.link()
    linked_at = bare.clock.now()
    assert bare.calls == [linked_at]
    bare.vault.cards.of(PHONE)
    with pytest.raises(Refusal):
        bare.link(number_of("lost"))
    assert bare.calls == [linked_at]
    bare.advance(hours=24)
    bare.vault.upkeep.settle_due()
    bare.vault.upkeep.settle_due()
    assert bare.calls == [linked_at, bare.clock.now()]


def test_the_returner_sleeps_until_the_next_cent_is_due(bare: BareVault) -> None:
    assert bare.vault.upkeep.settle_due() is None
    bare.link()
    bare.advance(hours=1)
    bare.link(MIR)
    assert bare.vault.upkeep.settle_due() == timedelta(hours=23)
    bare.advance(hours=23)
    assert bare.vault.upkeep.settle_due() == timedelta(hours=1)
    bare.advance(hours=1)
    assert bare.vault.upkeep.settle_due() is None


@pytest.mark.parametrize("origin", [SHOP.origin, SHOP.internal_origin])
def test_an_address_of_the_shops_is_its_own_and_can_be_called(origin: str) -> None:
    for path in ("", "/", "/orders/7", "?order=7"):
        assert SHOP.owns(f"{origin}{path}")
        assert SHOP.reachable(f"{origin}{path}") == f"{SHOP.internal_origin}{path}"
    for path in ("2/", ".evil.example/", "@evil.example/"):
        assert not SHOP.owns(f"{origin}{path}")
    assert not SHOP.owns(f"http://evil.example/{origin}/")


def test_the_buyer_behind_a_request_is_known_by_its_id(bare: BareVault) -> None:
    bare.vault.vaultings.vault(vaulting(request_id="linked"))
    bare.vault.payments.pay(payment(request_id="paid", phone=OTHER))
    for request_id in ("linked", "paid"):
        assert bare.vault.phones_behind(request_id) == [PHONE if request_id == "linked" else OTHER]
    bare.vault.payments.pay(payment(request_id="linked", phone=OTHER))
    assert bare.vault.phones_behind("linked") == [PHONE, OTHER]
    assert bare.vault.phones_behind("neither") == []


def test_held_money_and_open_holds_are_held_against_each_other(bare: BareVault) -> None:
    token = bare.link().token
    other = bare.link(MIR).token
    assert bare.vault.discrepancies() == []
    do(bare, "UPDATE holds SET currency = 'KZT' WHERE id = 1")
    assert bare.vault.discrepancies() == [
        "0 KZT are held, the open holds make 1",
        "2 RUB are held, the open holds make 1",
        f"the cent of card {token} is 0.01 KZT, HELD: the issuer has 0.01 RUB, HELD",
    ]
    do(bare, "UPDATE holds SET currency = 'KZT'")
    assert bare.vault.discrepancies() == [
        "0 KZT are held, the open holds make 2",
        "2 RUB are held, the open holds make 0",
        *(
            f"the cent of card {one} is 0.01 KZT, HELD: the issuer has 0.01 RUB, HELD"
            for one in (token, other)
        ),
    ]


def test_what_is_paid_is_the_merchants(bare: BareVault) -> None:
    bare.vault.payments.pay(payment(card()))
    with bare.database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT owner, balance FROM accounts ORDER BY balance")
        assert rows.all() == [("outside", -15_000), ("merchant:SHOP_1", 15_000)]
