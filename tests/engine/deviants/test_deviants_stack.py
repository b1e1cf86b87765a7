"""A deviant's sites live as long as somebody uses them, and say why they did not start."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.driving import chosen_deviants
from checkout_conformance.deviants.stack import running_variant
from checkout_conformance.processes.mock_stack import SERVE_DEVIANT, MockStack, StackError
from checkout_conformance.targets.addresses import on_loopback

# Their pages read from left to right and from right to left.
ODD, SOUND = "arabic-from-left-to-right", REFERENCE


def sign_in_page(stack: MockStack) -> str:
    address = on_loopback(f"{stack.urls['vault']}/sign-in")
    return httpx.get(address, headers={"Accept-Language": "ar"}).text


def test_a_deviant_is_served_for_as_long_as_the_block_runs(tmp_path: Path) -> None:
    pages = {}
    for name in (ODD, SOUND):
        folder = tmp_path / name
        folder.mkdir()
        with running_variant(SERVE_DEVIANT, name, folder) as stack:
            pages[name] = sign_in_page(stack)
        with pytest.raises(httpx.TransportError):
            sign_in_page(stack)
    assert '<html lang="ar" dir="ltr"' in pages[ODD]
    assert '<html lang="ar" dir="rtl"' in pages[SOUND]


def test_the_error_of_a_deviant_that_does_not_start_has_its_output(tmp_path: Path) -> None:
    with (
        pytest.raises(StackError, match=r"(?s)no-such-deviant did not start.*There is no deviant"),
        running_variant(SERVE_DEVIANT, "no-such-deviant", tmp_path),
    ):
        pass


def test_an_unknown_deviant_is_rejected_before_anything_starts() -> None:
    with pytest.raises(pytest.UsageError, match="no-such-deviant"):
        chosen_deviants([REFERENCE, "no-such-deviant"])


def test_the_reference_alone_drives_no_deviant() -> None:
    assert chosen_deviants([REFERENCE]) == []
    assert len(chosen_deviants(["all"])) > len(chosen_deviants(["menu-says-transfer"])) == 1
