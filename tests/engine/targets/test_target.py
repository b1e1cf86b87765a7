from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.targets.file import MockSettings, TargetError
from checkout_conformance.targets.target import Target, target_file, target_of
from mock_sites import SITES
from steps.pages.shop import Shop
from steps.pages.wallet import Wallet


def mock_target() -> Target:
    return target_of(target_file("mock"))


def test_the_mock_target_is_our_own_stack() -> None:
    target = mock_target()
    assert (target.name, target.locale) == ("mock", "en")
    assert target.mocks == MockSettings(sites=[*SITES])


def test_a_started_target_has_addresses_and_hides_its_token() -> None:
    started = mock_target().found_at({"wallet": "http://wallet.localhost:1/"}, "token-1")
    assert started.url("wallet") == "http://wallet.localhost:1/"
    assert started.url("wallet", "/pay") == "http://wallet.localhost:1/pay"
    assert "token-1" not in repr(started)


def test_labels_are_those_of_the_locale() -> None:
    assert Target("mock", "en").label("Pay (invoice)") == "Pay"
    assert Target("mock", "ru").label("Pay") == "Оплатить"


def test_a_run_in_another_language_is_of_the_same_target() -> None:
    target = mock_target().found_at({"wallet": "http://wallet.localhost:1/"}, "token-1")
    assert target.in_locale("ar").label("Account") == "أحرز هدفا"
    assert target.in_locale("ar").in_locale("en") == target
    assert target.in_locale(None) == target


def test_labels_of_the_file_are_not_those_of_pages_in_another_language() -> None:
    target = Target("x", "en", labels={"Cart": "Basket"})
    assert target.in_other_language("ru").label("Cart") == "Корзина"
    assert target.in_other_language("en").label("Cart") == "Basket"


def test_text_that_is_no_label_is_kept() -> None:
    assert Target("mock", "ar").words("Steam") == "بخار"
    assert Target("mock", "ar").words("night_owl_42") == "night_owl_42"


def test_an_unknown_site() -> None:
    with pytest.raises(TargetError, match="no site 'bank', only: wallet, shop"):
        Target("mock", "en", urls={"shop": "http://shop"}).url("bank")


def test_an_unknown_target(tmp_path: Path) -> None:
    (tmp_path / "near.toml").touch()
    with pytest.raises(TargetError, match="no target 'far'; give a file, or choose one of: near"):
        target_file("far", tmp_path)


def test_a_label_that_the_target_lacks_is_not_offered() -> None:
    target = Target("x", "en", lacks=frozenset({"Steam", "clock"}))
    with pytest.raises(pytest.skip.Exception, match="not offered by the target: Steam"):
        target.label("Steam")
    with pytest.raises(pytest.skip.Exception, match="not offered by the target: clock"):
        target.require("clock")
    assert target.label("Pay") == "Pay"


def test_a_site_that_the_target_does_not_have_is_not_offered() -> None:
    with pytest.raises(pytest.skip.Exception, match="not offered by the target: the vault"):
        Target("x", "en", urls={"shop": "http://shop"}).url("vault")


def test_labels_of_the_target_come_before_the_documented_ones() -> None:
    target = Target("x", "ru", labels={"Pay": "Заплатить"})
    assert (target.label("Pay"), target.label("Confirm")) == ("Заплатить", "Подтвердить")


def test_a_page_object_of_the_teams_own_stands_in_for_ours() -> None:
    target = Target("x", "en", page_classes={"Shop": "targets.oscar:OscarShop"})
    assert target.replaced(Shop).__name__ == "OscarShop"
    assert target.replaced(Wallet) is Wallet


@pytest.mark.parametrize(
    ("where", "complaint"),
    [
        ("no.such.module:Page", "is not there"),
        ("targets.oscar:NoSuchPage", "is not there"),
        ("steps.pages.wallet:Wallet", "is no Shop: derive it from that class"),
        ("targets.oscar:email_of", "is no Shop"),
    ],
)
def test_a_page_object_that_does_not_fit(where: str, complaint: str) -> None:
    with pytest.raises(TargetError, match=complaint):
        Target("x", "en", page_classes={"Shop": where}).replaced(Shop)


def test_started_mocks_do_not_hide_the_teams_own_sites() -> None:
    own = Target("x", "en", urls={"shop": "http://own"}, control_tokens={"shop": "tok-own"})
    started = own.found_at({"shop": "http://mock", "wallet": "http://w"}, "tok-mock", "key")
    assert started.urls == {"shop": "http://own", "wallet": "http://w"}
    assert started.control_tokens == {"shop": "tok-own", "wallet": "tok-mock"}
