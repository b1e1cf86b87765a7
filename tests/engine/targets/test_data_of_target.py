"""The data tables of a target file, and what one of its sites alone lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.outcomes import Skipped

from checkout_conformance.targets.file import TargetError, TargetFile
from checkout_conformance.targets.reading import read_file
from checkout_conformance.targets.target import target_of

MOCKS = '[mocks]\nsites = ["wallet"]\n'


def read(folder: Path, text: str) -> TargetFile:
    path = folder / "staging.toml"
    path.write_text(f'name = "ours"\n{text}')
    return read_file(path)


def test_a_name_of_a_product_is_its_label(tmp_path: Path) -> None:
    text = '[products."Felt slippers"]\nname = "Red mug"\n'
    target = target_of(read(tmp_path, MOCKS + text))
    assert target.label("Felt slippers") == "Red mug"


def test_a_path_is_that_of_the_file_or_of_the_reference(tmp_path: Path) -> None:
    target = target_of(read(tmp_path, f'{MOCKS}[paths.shop]\nsign_in = "/login"\n'))
    assert target.path("shop", "sign_in") == "/login"
    assert target.path("vault", "sign_in") == "/sign-in"


def test_mistakes_of_data_and_settings_are_told_together_with_their_lines(tmp_path: Path) -> None:
    text = (
        'locale = "fr"\n[mocks]\nsites = ["wallet"]\n[products."Felt slipers"]\nprice = "1.00"\n'
        '[products."Reading lamp"]\nprise = "1.00"\n'
    )
    with pytest.raises(TargetError) as error:
        read(tmp_path, text)
    told = str(error.value)
    assert "staging.toml has 3 mistakes" in told
    assert "line 2: locale" in told
    assert "line 5: products.Felt slipers: " in told
    assert "did you mean 'Felt slippers'" in told
    assert "line 8: products.Reading lamp.prise: " in told


def test_a_keys_file_is_seen_from_the_target_file(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{}")
    file = read(tmp_path, f'{MOCKS}keys_file = "keys.json"\n')
    assert file.mocks is not None
    assert file.mocks.keys_file == tmp_path / "keys.json"


SHOP = """
[sites.shop]
url = "https://shop.staging.example.test"
lacks = ["faults"]
"""


def test_a_capability_that_one_site_lacks(tmp_path: Path) -> None:
    target = target_of(read(tmp_path, SHOP))
    assert target.does_lack("faults", "shop")
    assert not target.does_lack("faults", "wallet")
    target.require("faults", "wallet")
    with pytest.raises(Skipped, match=r"not offered by the target: faults \(of the shop\)"):
        target.require("faults", "shop")


def test_a_site_lacks_capabilities_only(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="'Card' is no capability"):
        read(tmp_path, SHOP.replace("faults", "Card"))


def test_the_clock_is_left_alone_where_mocks_run_beside_other_sites(tmp_path: Path) -> None:
    mixed = target_of(read(tmp_path, SHOP + MOCKS))
    assert mixed.does_lack("clock")
    assert not target_of(read(tmp_path, MOCKS)).does_lack("clock")
    assert not target_of(read(tmp_path, SHOP)).does_lack("clock")
