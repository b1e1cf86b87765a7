"""The names of a project's own mock sites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkout_conformance import content, project
from checkout_conformance.content import site_names
from checkout_conformance.processes.mock_stack import own_options
from checkout_conformance.targets.reading import read_file
from checkout_conformance.team import ProjectError
from mock_sites import SITES


@pytest.fixture
def mocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder ``mocks`` of a project with a page for the shop and a site of its own."""
    folder = tmp_path / "mocks"
    (folder / "parcels" / "templates").mkdir(parents=True)
    for name in ("__init__.py", "r1.py", "parcels/__init__.py"):
        (folder / name).touch()
    (folder / "__pycache__").mkdir()
    monkeypatch.setattr(project, "OWN", tmp_path)
    site_names.cache_clear()
    yield folder
    site_names.cache_clear()


@pytest.mark.usefixtures("mocks")
def test_a_package_in_mocks_is_a_site() -> None:
    assert site_names() == (*SITES, "parcels")


def test_the_stack_gets_its_pages_and_its_sites(mocks: Path) -> None:
    assert own_options() == [
        *("--extend", str(mocks / "r1.py")),
        *("--add-site", str(mocks / "parcels")),
    ]


def test_a_target_file_names_it(mocks: Path) -> None:
    file = mocks.parent / "checkout.toml"
    file.write_text('name = "x"\n[mocks]\nsites = ["shop", "parcels"]\n')
    found = read_file(file).mocks
    assert found is not None
    assert found.sites == ["shop", "parcels"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("vault", "mocks/vault: the vault is a mock site of ours; give the folder another name"),
        (
            "big_parcels",
            "mocks/big_parcels: a site has the name of its folder, which needs small letters",
        ),
    ],
)
def test_a_name_that_it_cannot_have_is_an_error(mocks: Path, name: str, said: str) -> None:
    (mocks / name).mkdir()
    (mocks / name / "__init__.py").touch()
    with pytest.raises(ProjectError, match=said):
        site_names()


def test_the_pattern_of_names_is_that_of_the_mock_sites() -> None:
    from mock_sites.shared.runtime import options

    assert content.SITE_NAME.pattern == options.SITE_NAME.pattern
