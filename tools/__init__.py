"""What sets the house up: the browser, Node, the virtual environment. Standard library only."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
