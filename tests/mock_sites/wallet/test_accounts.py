"""Opening wallets, and knowing merchants by their keys and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain.buyers import Buyers
from mock_sites.wallet.domain.merchants import Merchants, is_own_address
from mock_sites.wallet.domain.wallet import Wallet, open_wallet
from mock_sites.wallet.store import Base, MerchantRow
from tests.support.standing_clock import StandingClock

PHONE = "+79160000003"
NOTHING = Money(0, "RUB")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'wallet.sqlite3'}", Base)
    yield database
    database.close()


@pytest.fixture
def wallet(database: Database) -> Wallet:
    def do_nothing(*_: object) -> None: ...

    return open_wallet(database, StandingClock(), "key", do_nothing, do_nothing)


@pytest.fixture
def buyers(wallet: Wallet) -> Buyers:
    return wallet.buyers


@pytest.fixture
def merchants(wallet: Wallet) -> Merchants:
    return wallet.merchants


def shop(name: str, **changes: str) -> MerchantRow:
    facts = {"secret_key": f"secret-{name}", "public_key": f"public-{name}"} | changes
    return MerchantRow(site_id=name, name=name, origins=[f"http://{name}.test"], **facts)


def name_of(merchant: MerchantRow | None) -> str | None:
    return None if merchant is None else merchant.name


@pytest.mark.parametrize("funds", [[], [NOTHING]])
def test_a_wallet_without_funds_has_an_empty_rouble_account(
    buyers: Buyers, funds: list[Money]
) -> None:
    buyer = buyers.open_wallet(PHONE, "a-password", "Carol", funds)

    assert (buyer.phone, buyer.name) == (PHONE, "Carol")
    assert buyers.sign_in(PHONE, "a-password").id == buyer.id
    assert buyers.balances(buyer) == [NOTHING]


def test_a_wallet_is_opened_with_its_funds_and_the_books_balance(
    wallet: Wallet, buyers: Buyers
) -> None:
    funds = [Money(1, "RUB"), Money(500, "RUB"), Money(7, "KZT")]

    carol = buyers.open_wallet(PHONE, "a-password", "Carol", funds)
    dave = buyers.open_wallet("+79160000004", "a-password", "Dave", funds[:1])

    assert buyers.balances(carol) == [Money(501, "RUB"), Money(7, "KZT")]
    assert buyers.balances(dave) == [Money(1, "RUB")]
    with wallet.records() as records:
        assert records.discrepancies() == []


def test_money_that_nobody_moved_is_told(
    wallet: Wallet, buyers: Buyers, database: Database
) -> None:
    buyers.open_wallet(PHONE, "a-password", "Carol", [Money(10, "RUB")])
    with database.transaction() as session:
        session.execute(text("UPDATE accounts SET balance = 11 WHERE balance = 10"))

    with wallet.records() as records:
        assert len(records.discrepancies()) == 3


def test_a_phone_has_one_wallet(buyers: Buyers) -> None:
    buyers.open_wallet(PHONE, "a-password", "Carol", [])

    with pytest.raises(Refusal) as refused:
        buyers.open_wallet(PHONE, "another", "Somebody else", [])

    assert refused.value.code == "phone.taken"


def test_a_merchant_is_known_by_each_of_its_keys_and_by_its_number(merchants: Merchants) -> None:
    for name in ("tea", "books"):
        merchants.register(shop(name))

    assert name_of(merchants.with_secret_key("secret-tea")) == "tea"
    assert name_of(merchants.with_public_key("public-tea")) == "tea"
    assert name_of(merchants.issuer("tea")) == "tea"


def test_no_merchant_goes_by_anothers_or_by_no_key(merchants: Merchants) -> None:
    merchants.register(shop("tea"))

    for key in ("public-tea", "tea", ""):
        assert merchants.with_secret_key(key) is None
    for key in ("secret-tea", "tea", ""):
        assert merchants.with_public_key(key) is None
    for key in ("secret-tea", "public-tea", ""):
        assert merchants.issuer(key) is None


def test_a_merchant_that_is_registered_again_is_the_same_with_new_keys(
    merchants: Merchants,
) -> None:
    merchants.register(shop("tea"))

    merchants.register(shop("tea", secret_key="new"))

    assert name_of(merchants.with_secret_key("new")) == "tea"
    assert merchants.with_secret_key("secret-tea") is None


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("http://tea.test", True),
        ("http://tea.test/", True),
        ("http://tea.test/orders/1", True),
        ("http://tea.test?order=1", True),
        ("http://shop.test/orders/1", True),
        ("http://tea.test.evil/", False),
        ("http://tea.test@evil.test/", False),
        ("http://tea.test:81/", False),
        ("https://tea.test/", False),
        ("http://evil.test/http://tea.test/", False),
        ("/orders/1", False),
        ("", False),
        (None, False),
    ],
)
def test_a_buyer_is_sent_only_to_the_merchants_own_addresses(
    address: str | None, own: bool
) -> None:
    merchant = MerchantRow(origins=["http://tea.test", "http://shop.test"])

    assert is_own_address(merchant, address) is own
