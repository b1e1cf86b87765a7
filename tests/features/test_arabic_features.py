"""The Arabic features are the English ones, step for step, and can be run.

What is wrong on purpose in a copy shows that each difference is found.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checkout_conformance.guards.definitions import definitions_in, step_modules
from checkout_conformance.guards.files import read_features
from checkout_conformance.guards.meaning import Reader
from checkout_conformance.guards.parity import differences

ROOT = Path(__file__).parents[2]
FEATURES = ROOT / "features"
ENGLISH = "wallet/paying_a_shop_invoice.feature"
ARABIC = f"ar/{ENGLISH}"
WITH_ROWS = "cards/linking_through_the_vault.feature"
WALK = "in 'سيناريو: دفع ثمن طلب من المحفظة، من البداية إلى النهاية'"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(definitions_in(step_modules(ROOT / "steps")))


def run_pytest(*arguments: str) -> str:
    """What a run of its own printed: one in this run would count as its evidence."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    return done.stdout + done.stderr


def test_an_arabic_scenario_is_run_by_the_step_functions_of_the_english_one() -> None:
    printed = run_pytest("features/ar/test_features.py::test_في_القائمة_دفع")
    assert "1 passed" in printed, printed


@pytest.mark.parametrize(("folder", "is_arabic"), [("features", False), ("features/ar", True)])
def test_the_arabic_features_run_only_when_they_are_asked_for(folder: str, is_arabic: bool) -> None:
    printed = run_pytest(folder, "--collect-only")
    collected = [line for line in printed.splitlines() if "::" in line]
    assert collected, printed
    assert {line.startswith("features/ar/") for line in collected} == {is_arabic}


def test_the_arabic_features_say_what_the_english_ones_say(reader: Reader) -> None:
    found = list(differences(read_features(FEATURES), reader))
    if found:
        pytest.fail("\n".join(found), pytrace=False)


Spoil = Callable[..., list[str]]


@pytest.fixture
def spoil(tmp_path: Path, reader: Reader) -> Spoil:
    """Replaces words in a copy of two pairs of features; answers with what is found then."""
    for name in (ENGLISH, ARABIC, WITH_ROWS, f"ar/{WITH_ROWS}"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(FEATURES / name, tmp_path / name)

    def replace(old: str = "", new: str = "", name: str = ARABIC) -> list[str]:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return list(differences(read_features(tmp_path), reader))

    return replace


class TestCopies:
    @pytest.mark.parametrize(
        ("deleted", "advice"),
        [
            (ARABIC, f"{ARABIC}: it is missing; write {ENGLISH} in Arabic, line for line"),
            (ENGLISH, f"{ARABIC}: there is no {ENGLISH}; write it, or delete the Arabic one"),
        ],
    )
    def test_a_missing_file(self, spoil: Spoil, tmp_path: Path, deleted: str, advice: str) -> None:
        (tmp_path / deleted).unlink()
        assert spoil(name=f"ar/{WITH_ROWS}") == [advice]

    def test_nothing_is_found_in_a_true_one(self, spoil: Spoil) -> None:
        assert spoil() == []

    def test_one_step_short(self, spoil: Spoil) -> None:
        [found] = spoil("    و يبدأ المشتري الطلب\n")
        assert found == (
            f"{ARABIC}:14, {WALK}: after this line say in Arabic what "
            f"{ENGLISH}:14 says: 'And the buyer starts the order'"
        )

    def test_one_step_too_many(self, spoil: Spoil) -> None:
        [found] = spoil("    # W2.5", "    و يضغط المشتري «للدفع»\n    # W2.5")
        assert found.startswith(f"{ARABIC}:28, {WALK}: 'و يضغط المشتري «للدفع»' is not in ")
        assert found.endswith("take it out, or say it in English too")

    def test_two_steps_in_another_order(self, spoil: Spoil) -> None:
        first, second = "    و يبدأ المشتري الطلب\n", "    و يعطي المشتري عنوانًا للتسليم\n"
        found = spoil(first + second, second + first)
        assert len(found) == 2
        assert all(f"{WALK}" in finding and "ar/wallet" in finding for finding in found)

    def test_a_missing_scenario(self, spoil: Spoil) -> None:
        [found] = spoil(
            "    سيناريو: لا إشعار من دون فاتورة\n"
            "      عندما ينتقل المشتري إلى المحفظة\n"
            "      ثم لا تُخبر المحفظة بأي فاتورة غير مدفوعة\n"
        )
        assert found.endswith("says: 'Scenario: Without an invoice there is no notice'")

    def test_a_missing_background(self, spoil: Spoil) -> None:
        found = spoil("    الخلفية:\n      بفرض أن المشتري فتح فاتورة طلب «Felt slippers»\n")
        assert "'Background:'" in " ".join(found)

    def test_a_missing_rule(self, spoil: Spoil) -> None:
        found = spoil("  @W2.2\n  Rule: تأكيد الطلب يُرسل فاتورة إلى محفظة المشتري\n")
        assert "says: '@W2.2'" in found[0]
        assert 'says: "Rule: Confirming the order' in found[1]

    @pytest.mark.parametrize(("clause", "line"), [("# W2.3", 21), ("@W2.3", 95)])
    def test_another_clause(self, spoil: Spoil, clause: str, line: int) -> None:
        [found] = spoil(clause, clause.replace("3", "5"))
        assert found.startswith(f"{ARABIC}:{line}, in ")
        assert f"instead of '{clause.replace('3', '5')}" in found
        assert f"says: '{clause}" in found

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            ("«عرض»", "«حفظ»"),
            ("5000.00 روبل", "5000.01 روبل"),
            ("ساعات الفاتورة إلا قليلًا", "ساعات الفاتورة"),
            ("غير المدفوعة 2", "غير المدفوعة 3"),
            ("«Tea glass with holder»", "«Reading lamp»"),
            ("    ثم ينتظر", "    عندما ينتظر"),
        ],
        ids=["label", "amount", "span", "count", "product", "keyword"],
    )
    def test_another_value(self, spoil: Spoil, right: str, wrong: str) -> None:
        [found] = spoil(right, wrong)
        assert found.startswith(f"{ARABIC}:")
        assert "instead of" in found

    def test_a_row_with_another_value(self, spoil: Spoil) -> None:
        [found] = spoil("| 01/20  ", "| 01/30  ", f"ar/{WITH_ROWS}")
        assert "instead of '| تاريخ الانتهاء | 01/30" in found
        assert "says: '| Expiry        | 01/20" in found

    def test_a_missing_row(self, spoil: Spoil) -> None:
        row = "        | تاريخ الانتهاء | 01/20               |\n"
        [found] = spoil(row, "", f"ar/{WITH_ROWS}")
        assert "says: '| Expiry        | 01/20" in found

    def test_columns_that_changed_places(self, spoil: Spoil) -> None:
        found = spoil("«<الحقل>» فيها «<القيمة>»", "«<القيمة>» فيها «<الحقل>»", f"ar/{WITH_ROWS}")
        assert "has no label that says «4111 1111 1111 1112»" in found[0]

    def test_a_label_that_no_arabic_page_has(self, spoil: Spoil) -> None:
        [found] = spoil("يضغط المشتري «عرض»", "يضغط المشتري «اعرض»")
        assert "has no label that says «اعرض» (ar): did you mean «عرض»" in found

    def test_a_sentence_that_no_step_says(self, spoil: Spoil) -> None:
        [found] = spoil("و يبدأ المشتري الطلب", "و يبدأ المشتري طلبًا")
        assert "(0 steps match this line) say in Arabic what" in found

    def test_a_step_in_english(self, spoil: Spoil) -> None:
        [found] = spoil("و يبدأ المشتري الطلب", "و the buyer starts the order")
        assert found == f"{ARABIC}:15: 'the buyer starts the order' is not in Arabic; translate it"

    def test_a_new_step_in_english_only(self, spoil: Spoil) -> None:
        [found] = spoil("the order\n", "the order\n    And the buyer goes back\n", ENGLISH)
        assert found.endswith(f"say in Arabic what {ENGLISH}:15 says: 'And the buyer goes back'")
