from __future__ import annotations

from pathlib import Path

import pytest

from steps.target import Target, TargetError, read_target


def test_the_mock_target_is_our_own_stack() -> None:
    target = read_target("mock")
    assert (target.name, target.locale, target.starts_own_stack) == ("mock", "en", True)


def test_a_started_target_has_addresses_and_hides_its_token() -> None:
    started = read_target("mock").found_at({"wallet": "http://wallet.localhost:1/"}, "token-1")
    assert started.url("wallet") == "http://wallet.localhost:1/"
    assert started.url("wallet", "/pay") == "http://wallet.localhost:1/pay"
    assert "token-1" not in repr(started)


def test_labels_are_those_of_the_locale() -> None:
    assert Target("mock", "en").label("Pay (invoice)") == "Pay"
    assert Target("mock", "ru").label("Pay") == "Оплатить"


def test_a_run_in_another_language_is_of_the_same_target() -> None:
    target = read_target("mock").found_at({"wallet": "http://wallet.localhost:1/"}, "token-1")
    assert target.in_locale("ar").label("Account") == "أحرز هدفا"
    assert target.in_locale("ar").in_locale("en") == target
    assert target.in_locale(None) == target


def test_what_is_no_label_is_shown_as_it_was_typed() -> None:
    assert Target("mock", "ar").words("Steam") == "بخار"
    assert Target("mock", "ar").words("night_owl_42") == "night_owl_42"


def test_an_unknown_site() -> None:
    with pytest.raises(TargetError, match="has no site 'bank', only: shop"):
        Target("mock", "en", urls={"shop": "http://shop"}).url("bank")


def test_an_unknown_target(tmp_path: Path) -> None:
    (tmp_path / "near.toml").touch()
    with pytest.raises(TargetError, match="no target 'far'; choose one of: near"):
        read_target("far", tmp_path)


@pytest.mark.parametrize("text", ["nonsense", 'name = "x"\nlocale = "en"\ncolour = "red"'])
def test_a_description_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(TargetError, match=r"x\.toml cannot be read"):
        read_target("x", tmp_path)
