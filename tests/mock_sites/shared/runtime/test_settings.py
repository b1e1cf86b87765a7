"""What a stack makes up once and keeps beside its data."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from mock_sites import SITES
from mock_sites.__main__ import as_json, for_people
from mock_sites.shared.runtime.settings import StackSettings, kept_keys
from mock_sites.shared.values.published_cards import published_cards
from tests.support.shared_keys import shared_keys


def test_keys_are_made_once_and_kept_for_their_owner_alone(tmp_path: Path) -> None:
    first = kept_keys(tmp_path)
    assert kept_keys(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    assert first.vault.vault.public_key != first.vault.shop.public_key


def test_keys_of_an_earlier_version_are_kept_and_completed(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    earlier = shared_keys().model_dump(exclude={"vault"})
    del earlier["site_secrets"]["vault"]
    file.write_text(json.dumps(earlier))

    keys = kept_keys(tmp_path)

    assert keys.control_token == earlier["control_token"]
    assert keys.site_secrets.keys() == set(SITES)
    assert kept_keys(tmp_path) == keys


def test_the_two_halves_of_a_key_belong_together() -> None:
    pair = shared_keys().vault.shop
    key = load_pem_private_key(pair.private_key.encode(), password=None)
    assert key.key_size == 2048  # type: ignore[union-attr]


def test_people_and_programs_are_told_of_the_vault(tmp_path: Path) -> None:
    ports = {site: number for number, site in enumerate(SITES, 1)}
    stack = StackSettings(data=tmp_path, ports=ports, keys=shared_keys())
    assert json.loads(as_json(stack))["sites"]["vault"] == {"url": "http://vault.localhost:3"}
    told = for_people(stack)
    assert "http://vault.localhost:3" in told
    assert all(card.number in told for card in published_cards())
    assert "PRIVATE KEY" not in told + as_json(stack)
