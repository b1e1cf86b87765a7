"""Tools for this checkout: set-up (standard library only), mutants, translations."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
