"""What the start of a command leaves out, because it takes time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from checkout_conformance.project import ROOT


@pytest.mark.parametrize(
    ("module", "left_out"),
    [
        ("checkout_conformance.run", {"pytest", "pytest_bdd", "pydantic", "playwright", "jinja2"}),
        ("mock_sites.__main__", {"pytest", "pytest_bdd", "playwright", "faker", "lxml", "PIL"}),
    ],
)
def test_a_command_starts_without_what_it_does_not_need(module: str, left_out: set[str]) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    imported = set(done.stdout.split())
    assert module in imported
    assert not imported & left_out
