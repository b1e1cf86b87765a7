"""Serve the shop: its packages into an environment of its own, fresh data, until Ctrl+C.

python targets/oscar_wallet/serve.py --folder /tmp/oscar
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "requirements.txt"


def python_with_packages(folder: Path) -> Path:
    """Return a Python that has the locked packages; install them the first time."""
    python, installed = folder / "venv" / "bin" / "python", folder / "venv" / PACKAGES.name
    if not installed.exists() or installed.read_text() != PACKAGES.read_text():
        venv.create(folder / "venv", with_pip=True, clear=True)
        options = ("--quiet", "--require-hashes", "--disable-pip-version-check", "-r", PACKAGES)
        subprocess.run([python, "-m", "pip", "install", *options], check=True)
        shutil.copyfile(PACKAGES, installed)
    return python


def environment(options: argparse.Namespace) -> dict[str, str]:
    """Return the environment of the shop: where its data, its keys and the wallet are."""
    return {
        **os.environ,
        "PYTHONPATH": str(HERE),
        "DJANGO_SETTINGS_MODULE": "wallet_shop.settings",
        "SHOP_DATA": str(options.folder / "data"),
        "SHOP_KEYS": str(options.keys),
        "WALLET": options.wallet,
    }


def main() -> None:
    """Install, fill and serve the shop; its server takes the place of this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="for its packages and data")
    parser.add_argument("--port", type=int, default=8105)
    parser.add_argument("--wallet", default="http://127.0.0.1:8100", help="where the wallet is")
    parser.add_argument("--keys", type=Path, default=HERE / "merchant.json")
    parser.add_argument("--install-only", action="store_true", help="install the packages, and end")
    options = parser.parse_args()
    options.folder, options.keys = options.folder.resolve(), options.keys.resolve()
    python, variables = python_with_packages(options.folder), environment(options)
    if options.install_only:
        return
    shutil.rmtree(options.folder / "data", ignore_errors=True)
    (options.folder / "data" / "media").mkdir(parents=True)
    for command in (["-m", "django", "migrate", "-v0"], [str(HERE / "seed.py")]):
        subprocess.run([python, *command], env=variables, check=True)
    print(f"The shop is at http://127.0.0.1:{options.port}/", flush=True)
    # pyqiwip2p writes a file about every refusal into the folder where it runs.
    os.chdir(options.folder / "data")
    address = f"127.0.0.1:{options.port}"
    os.execve(python, [str(python), "-m", "django", "runserver", "--noreload", address], variables)


if __name__ == "__main__":
    main()
