"""A target's file is read whole, and every mistake in it is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.redaction.secrets import redact
from checkout_conformance.targets.file import TargetError, TargetFile
from checkout_conformance.targets.reading import read_file
from checkout_conformance.targets.toml_lines import line_of

SOUND = """
name = "our-staging"
locale = "ru"
lacks = ["clock", "Steam"]

[sites.shop]
url = "https://shop.staging.example.test/"
control_token_env = "SHOP_TOKEN"

[mocks]
sites = ["wallet", "phone"]

[labels]
"Pay" = "Pay now"

[[buyers]]
name = "Ann Lee"
phone = "+79161234567"
password_env = "ANN_PASSWORD"

[spend]
RUB = "5000.00"
"""
TEN_MISTAKES = """
name = ""
locale = "fr"
lacks = ["clocks"]
colour = "red"

[sites.shop]
url = "shop.staging.example.test"
password = "hush-1"

[sites.wallet]
url = "https://QIWI.com./main"

[sites.bank]
url = "https://bank.example.test"

[labels]
"Pay me" = "Pay now"

[[buyers]]
name = "Ann Lee"
phone = "12"
password_env = "NOT_SET_ANYWHERE"

[codes]
source = "pigeon"
"""


@pytest.fixture(autouse=True)
def secrets_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_TOKEN", "tok-file-1")
    monkeypatch.setenv("ANN_PASSWORD", "pw-file-1")


def read(folder: Path, text: str) -> TargetFile:
    path = folder / "staging.toml"
    path.write_text(text)
    return read_file(path)


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(TargetError) as error:
        read(folder, text)
    return [line.strip() for line in str(error.value).splitlines()]


def test_a_sound_file(tmp_path: Path) -> None:
    file = read(tmp_path, SOUND)
    assert file.sites["shop"].url == "https://shop.staging.example.test"
    assert file.buyers[0].password_env.get_secret_value() == "pw-file-1"
    assert "tok-file-1" not in repr(file)
    assert redact("tok-file-1 pw-file-1") == "••• •••"


@pytest.mark.parametrize(
    ("sites", "are_other"),
    [
        ('[mocks]\nsites = ["shop"]', False),
        ('[mocks]\nsites = ["shop"]\nserve = "our.sites"', True),
        ('[sites.shop]\nurl = "http://localhost:8000"\n[mocks]\nsites = ["wallet"]', True),
    ],
)
def test_pages_are_others_unless_all_are_those_of_our_mock_sites(
    tmp_path: Path, sites: str, are_other: bool
) -> None:
    assert read(tmp_path, f'name = "x"\n{sites}').has_other_pages is are_other


def test_ten_mistakes_are_named_each_with_its_line(tmp_path: Path) -> None:
    first, *found = mistakes(tmp_path, TEN_MISTAKES)
    assert first == "staging.toml has 12 mistakes:"
    expected = [
        "line 2: name: String should have at least 1 character",
        "line 3: locale: Input should be 'en', 'ar' or 'ru'",
        "line 4: lacks.0: 'clocks' is neither a label of features/glossary.toml nor one of:",
        "line 5: colour: there is no such setting: did you mean",
        "line 8: sites.shop.url: give a whole address that begins with https:// or http://",
        "line 9: sites.shop.password: no secret belongs into the file; name its environment",
        "line 12: sites.wallet.url: QIWI.com. belongs to a real provider".casefold(),
        "line 14: sites.bank: there is no site 'bank', only: wallet, shop, vault, phone",
        "line 18: labels.Pay me: features/glossary.toml has no label 'Pay me'",
        "line 22: buyers.0.phone: give a phone number with its country: +79161234567",
        "line 23: buyers.0.password_env: the environment has no variable NOT_SET_ANYWHERE",
        "line 26: codes.source: Input should be 'phone', 'http', 'command' or 'terminal'",
    ]
    missed = [
        words
        for words in expected
        if not any(line.casefold().startswith(words.casefold()) for line in found)
    ]
    assert not missed, "\n".join(found)


SECRETS = """
[secrets]
env = ["ANN_PASSWORD", "OUR_API_KEY"]
patterns = ["voucher ([A-Z0-9]{8})"]
"""


def test_secrets_named_by_the_file_are_redacted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUR_API_KEY", "key-of-the-file")
    file = read(tmp_path, SOUND + SECRETS)
    assert "key-of-the-file" not in repr(file)
    assert redact("key-of-the-file, voucher AB12CD34") == "•••, voucher •••"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('"OUR_API_KEY"', '"NOT_SET"'), "line 25: secrets.env.1: the environment has no variable"),
        (('"OUR_API_KEY"', "7"), "line 25: secrets.env.1: give the name of an environment"),
        (("{8})", "{8}"), "line 26: secrets.patterns.0: this is no regular expression: missing )"),
        (("voucher ([A-Z0-9]{8})", "a*"), "line 26: secrets.patterns.0: it matches an empty text"),
        (("env =", "values ="), "line 25: secrets.values: there is no such setting"),
    ],
)
def test_mistakes_among_the_secrets_are_named(
    tmp_path: Path, change: tuple[str, str], complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUR_API_KEY", "key-of-the-file")
    assert SECRETS.count(change[0]) == 1
    found = "\n".join(mistakes(tmp_path, SOUND + SECRETS.replace(*change)))
    assert complaint in found


def test_a_secret_that_stands_in_the_file_is_not_repeated(tmp_path: Path) -> None:
    assert "hush-1" not in "\n".join(mistakes(tmp_path, TEN_MISTAKES))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("[mocks]", "[mocks]\nport_base = 70000"), "line 11: mocks.port_base"),
        (('["wallet", "phone"]', '["wallet", "shop"]'), "shop: either at an address or a mock"),
        (('RUB = "5000.00"', 'rub = "5000.00"'), "line 22: spend.rub: name a currency"),
        (("[mocks]", '[codes]\nsource = "http"\n[mocks]'), "an http inbox needs its url"),
        (("[mocks]", '[codes]\nsource = "command"\n[mocks]'), "which command prints the message"),
        (("[mocks]", '[pages]\nShop = "my.shop"\n[mocks]'), "'package.module:Class'"),
        (('RUB = "5000.00"', 'RUB = "-1"'), "line 22: spend.RUB"),
        (("[mocks]", '[amounts]\ncurrency = "rub"\n[mocks]'), "line 11: amounts.currency: name a"),
        (("[mocks]", "[mocks"), "is not TOML"),
        (("[mocks]", '[sites.shop.vouched]\nhost="x"\nowner="Ann"\n[mocks]'), "vouched.host is"),
    ],
)
def test_other_mistakes(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    assert SOUND.count(change[0]) == 1
    assert complaint in "\n".join(mistakes(tmp_path, SOUND.replace(*change)))


def test_a_file_without_any_site(tmp_path: Path) -> None:
    assert "say where the sites are" in "\n".join(mistakes(tmp_path, 'name = "x"'))


def test_the_environment_replaces_a_value_for_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHECKOUT_TARGET_SITES__SHOP__URL", "https://branch-7.example.test")
    assert read(tmp_path, SOUND).sites["shop"].url == "https://branch-7.example.test"


@pytest.mark.parametrize(
    "url",
    [
        "https://qiwi.com",
        "https://w.qiwi.com.:443/x",
        "http://LOGIN.Alipay.COM",
        "https://user:word@shop.example.test",
        "ftp://shop.example.test",
        "https://qiwi。com",
        "https://ｑｉｗｉ.com",
        "https://w.qi\u00adwi.com",
        "https://qiwi%2ecom/",
        "https://qiwi.com\\\\.example.test/",
        "https://@qiwi.com/",
        "https://shop.example.test:99999/",
        "https://0x7f.1/",
    ],
)
def test_addresses_that_no_run_may_use(tmp_path: Path, url: str) -> None:
    text = SOUND.replace("https://shop.staging.example.test/", url)
    assert "line 7: sites.shop.url" in "\n".join(mistakes(tmp_path, text))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("b", "c d"), 3),
        (("b", "e", "f"), 4),
        (("people", 1, "name"), 9),
        (("people", 1, "phone"), 8),
        (("b", "unknown"), 2),
        (("unknown",), None),
    ],
)
def test_where_a_value_stands(path: tuple[str | int, ...], line: int | None) -> None:
    text = (
        'a = "[b]"\n[b] # a table\n"c d" = 1\ne.f = 2\n\n'
        '[[people]]\nname = "Ann"\n[[people]]\nname = "Bob"\n'
    )
    assert line_of(text, path) == line
