from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.targets.glossary import AmbiguousLabel, Glossary, UnknownLabel

# The first column of the documents' table of labels.
DOCUMENTED = (
    "Pay",
    "Entertainment",
    "Steam",
    "Confirm",
    "Online",
    "QIWI Wallet",
    "View",
    "Pay (invoice)",
    "Visa QIWI Wallet",
    "Cart",
    "Buy",
    "Payment methods",
    "Card",
    "Add card",
    "Save card",
    "Confirm (card)",
    "My profile",
    "My Alipay",
    "Account",
    "Save",
    "Add new card",
    "Done",
)


@pytest.mark.parametrize(
    ("name", "en", "ar", "ru"),
    [
        ("Pay", "Pay", "دفع", "Оплатить"),
        ("Pay (invoice)", "Pay", "للدفع", "Оплатить"),
        ("Confirm (card)", "Confirm", "تؤكد", "Подтвердить"),
        ("QIWI Wallet", "QIWI Wallet", "QIWI Wallet", "QIWI Кошелёк"),
        ("Steam", "Steam", "بخار", "Steam"),
    ],
)
def test_a_label_in_each_language(name: str, en: str, ar: str, ru: str) -> None:
    assert [Glossary(locale).label(name) for locale in ("en", "ar", "ru")] == [en, ar, ru]


def test_every_documented_label_is_there() -> None:
    assert set(DOCUMENTED) <= Glossary("en").names()


def test_an_english_page_does_not_show_what_tells_labels_apart() -> None:
    english = Glossary("en")
    assert all(english.label(name) == name.partition(" (")[0] for name in DOCUMENTED)


def test_an_unknown_label_names_its_neighbours() -> None:
    with pytest.raises(UnknownLabel, match=r"no label 'Pay \(bill\)'.*'Pay \(invoice\)'"):
        Glossary("en").label("Pay (bill)")


def test_the_error_of_an_unknown_label_names_the_file_to_add_it_to() -> None:
    with pytest.raises(UnknownLabel, match=r"glossary\.toml has no label 'Zzzz': add it there"):
        Glossary("en").label("Zzzz")


def test_an_unknown_language() -> None:
    with pytest.raises(ValueError, match="no locale 'de', only en, ar, ru"):
        Glossary("de")


def test_a_label_that_lacks_a_language(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text('["Pay"]\nen = "Pay"\nru = "Оплатить"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="'Pay' lacks ar"):
        Glossary("ar", path)


def test_every_arabic_label_leads_back_to_its_name() -> None:
    arabic = Glossary("ar")
    assert [arabic.name_of(arabic.label(name)) for name in DOCUMENTED] == list(DOCUMENTED)


def test_the_error_of_unknown_words_suggests_similar_labels() -> None:
    with pytest.raises(UnknownLabel, match=r"label that says «تأكد» \(ar\): did you mean «تأكيد»"):
        Glossary("ar").name_of("تأكد")


def test_words_of_two_labels_name_both() -> None:
    with pytest.raises(AmbiguousLabel, match=r"«Pay» \(en\) for 'Pay' and 'Pay \(invoice\)'"):
        Glossary("en").name_of("Pay")
