"""What a run records of the features, steps and deviants that it judges by."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.reporting.allure_html import ReportError
from checkout_conformance.reporting.basis import Basis, add_basis, basis_in, basis_of


def project(folder: Path, glossary: str = "a = 1") -> Path:
    for part in ("features", "steps", "deviants"):
        (folder / part).mkdir(parents=True)
    (folder / "features" / "glossary.toml").write_text(glossary, encoding="utf-8")
    (folder / "features" / "w.feature").write_text("Feature: w", encoding="utf-8")
    (folder / "features" / "durations.json").write_text("{}", encoding="utf-8")
    (folder / "steps" / "w.py").write_text("", encoding="utf-8")
    return folder


def test_it_names_what_decides_a_verdict(tmp_path: Path) -> None:
    basis = basis_of(project(tmp_path))
    assert list(basis.files) == ["features/glossary.toml", "features/w.feature", "steps/w.py"]
    assert {"checkout-conformance", "playwright", "pytest", "python"} <= basis.tools.keys()


def test_a_changed_an_added_and_a_missing_file_are_told(tmp_path: Path) -> None:
    one = basis_of(project(tmp_path / "one"))
    other_project = project(tmp_path / "other", glossary="a = 2")
    (other_project / "features" / "w.feature").rename(other_project / "features" / "v.feature")
    assert list(one.differences(basis_of(other_project))) == [
        "features/glossary.toml is another version",
        "features/v.feature was not part of it",
        "features/w.feature is not here",
    ]


def test_the_same_basis_is_recorded_once(tmp_path: Path) -> None:
    basis = basis_of(project(tmp_path / "project"))
    for _ in range(2):
        add_basis(tmp_path / "results", basis)
    assert basis_in([tmp_path / "results"]) == basis


def test_results_of_different_features_are_no_evidence(tmp_path: Path) -> None:
    add_basis(tmp_path / "results", basis_of(project(tmp_path / "one")))
    add_basis(tmp_path / "results", basis_of(project(tmp_path / "other", glossary="a = 2")))
    with pytest.raises(ReportError, match=r"features/glossary\.toml is another version"):
        basis_in([tmp_path / "results"])


def test_runs_on_two_targets_are_judged_by_the_same(tmp_path: Path) -> None:
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        add_basis(tmp_path / name[:3], Basis(files={f"target file {name}": "0" * 64}, tools={}))
    together = basis_in([tmp_path / "one", tmp_path / "two"])
    assert set(together.files) == {"target file one.toml", "target file two.toml"}
