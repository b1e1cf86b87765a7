"""A team's own project with readers of Arabic: its twin feature runs, and the guards compare it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.packaging.installed import said
from tests.packaging.test_own_project import pytest_alone

pytestmark = pytest.mark.timeout(600)
OVER_HTTP = ("--driver", "http")
IN_ARABIC = {
    "checkout.toml": {'languages = ["en"]': 'languages = ["en", "ar"]'},
    "features/glossary.toml": {
        'en = "R1 send"': 'en = "R1 send"\nar = "أرسل R1"',
        'en = "R1 done"': 'en = "R1 done"\nar = "تم R1"',
    },
    "features/clauses.toml": {
        'en = "PLACEHOLDER the title of your document"': 'en = "Returns", ar = "المرتجعات"',
        'en = "Returning an order"': 'en = "Returning an order", ar = "إرجاع طلب"',
        'en = "PLACEHOLDER the page"': 'en = "the page", ar = "الصفحة"',
        "in your own words.": 'in your own words."\nar = "يرسل المشتري النموذج.',
    },
}
SENTENCES = """[given]
"the buyer is at the first page of R1" = "أن المشتري في أول صفحة من R1"
[when]
"the buyer sends the form of R1" = "يرسل المشتري نموذج R1"
[then]
"the first page of R1 can be sent" = "يمكن إرسال أول صفحة من R1"
"the site says that R1 is done" = "يقول الموقع إن R1 تم"
"""
BINDING = """from pathlib import Path
from pytest_bdd import scenarios
scenarios(str(Path(__file__).with_name("r1.feature")))
"""
FEATURE = """# language: ar
@R1
خاصية: إرجاع طلب
  يُرجع المشتري طلبًا.

  سيناريو: إرجاع طلب من البداية إلى النهاية
    # R1.1  الصفحة
    بفرض أن المشتري في أول صفحة من R1
    عندما يرسل المشتري نموذج R1
    ثم يقول الموقع إن R1 تم

  @R1.1
  Rule: يمكن إرسال الصفحة

    سيناريو: يمكن إرسال أول صفحة
      بفرض أن المشتري في أول صفحة من R1
      ثم يمكن إرسال أول صفحة من R1
"""
LAST_STEP = "    ثم يقول الموقع إن R1 تم\n"


@pytest.fixture
def project(command: Path, empty: Path) -> Path:
    """A new project with one procedure, in English and in Arabic."""
    for words in (["init", "--name", "acme"], ["new", "procedure", "R1"]):
        title = ["--title", "Returning an order"] if words[0] == "new" else []
        done = said(command, empty, *words, *title)
        assert done.returncode == 0, done.stderr
    for name, changes in IN_ARABIC.items():
        text = (empty / name).read_text("utf-8")
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        (empty / name).write_text(text, "utf-8")
    arabic = empty / "features" / "ar"
    arabic.mkdir()
    (arabic / "sentences.toml").write_text(SENTENCES, "utf-8")
    (arabic / "test_features.py").write_text(BINDING, "utf-8")
    (arabic / "r1.feature").write_text(FEATURE, "utf-8")
    return empty


def test_the_arabic_twin_runs_and_is_compared(command: Path, project: Path) -> None:
    assert_passes(pytest_alone(command, project, "features", *OVER_HTTP, "-k", "guard"))
    assert_passes(pytest_alone(command, project, "features/ar", *OVER_HTTP))

    twin = project / "features" / "ar" / "r1.feature"
    twin.write_text(FEATURE.replace(LAST_STEP, ""), "utf-8")
    guarded = pytest_alone(command, project, "features", *OVER_HTTP, "-k", "guard or arabic")
    assert guarded.returncode == 1
    assert "test_the_arabic_features_say_the_same" in guarded.stdout


def assert_passes(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
