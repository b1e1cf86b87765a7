"""Makes this checkout ready to run: packages, a browser, a Node for the report.

`make` calls it before everything else, when no virtual environment exists yet, so it needs the
standard library only. Each step says in one line what it does, and nothing when there is nothing
to do. A step that was cut short is done again from its beginning.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from checkout_conformance.drivers.chromium import OVERRIDE, BrowserError, find_chromium, is_root
from checkout_conformance.reporting.node import OLDEST, Node, find_node
from tools import ROOT, VENV
from tools.stamp import Stamp, digest, fingerprint

OLDEST_PYTHON = (3, 11)
VENV_PYTHON = VENV / "bin" / "python"
PYTHON_LOCK = ROOT / "requirements" / "dev.txt"
NODE_LOCK = ROOT / "requirements" / "node.txt"
REPORT = ROOT / "reports" / "allure"
CHECKS = ROOT / "requirements" / "checks"
REPORT_LOCKS = (NODE_LOCK, REPORT / "package.json", REPORT / "package-lock.json")
CHECK_LOCKS = (NODE_LOCK, CHECKS / "package.json", CHECKS / "package-lock.json")
AGAIN = "then run the same command again."

# DejaVu draws Latin, Cyrillic and Arabic; without it a bare machine's pictures have empty boxes.
DEBIAN_HEADLESS = ("chromium-headless-shell", "fonts-dejavu-core")
DEBIAN_HEADED = ("chromium", "fonts-dejavu-core")


class SetupError(Exception):
    """The set-up cannot go on. The message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Set the checkout up and return the exit status for the shell."""
    try:
        _require_python(sys.version_info[:2])
        with _one_at_a_time():
            set_up(headed=_parse(arguments).headed)
    except (SetupError, BrowserError) as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Set-up stopped: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up interrupted; the same command takes it up again.", file=sys.stderr)
        return 130
    return 0


def set_up(headed: bool) -> None:
    """Do what is still to do, in order."""
    install_packages()
    install_browser(headed)
    install_node_packages("Allure for the report", REPORT, REPORT_LOCKS)
    install_node_packages("what checks workflows, features and pages", CHECKS, CHECK_LOCKS)


def install_packages() -> None:
    """A virtual environment with exactly the locked packages.

    It is made anew whenever the lock changes: a package that has left the lock could still be
    loaded as a pytest plugin.
    """
    stamp = Stamp(VENV / "checkout-stamp.json")
    wanted = {
        "lock": digest([PYTHON_LOCK]),
        "python": platform.python_version(),
        "checkout": str(ROOT),
    }
    if VENV_PYTHON.exists() and stamp.read() == wanted:
        return
    _require_ensurepip()
    if VENV.is_symlink():  # to another checkout's environment, which is not ours to clear
        VENV.unlink()
    _say(f"making the virtual environment .venv with Python {platform.python_version()}")
    _run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        f"Delete the folder {VENV}, {AGAIN}",
    )
    _say("installing the locked Python packages, about a minute the first time")
    _pip_install(PYTHON_LOCK)
    stamp.write(wanted)


def install_browser(headed: bool) -> None:
    """A browser that starts: the machine's own, Debian's package, or Playwright's download."""
    if headed:
        _require_display()
    browser = find_chromium(headed)
    if browser is None:
        _install_debians(headed) or _install_playwrights(headed)
        browser = find_chromium(headed)
    if browser is None:
        raise SetupError(
            "no browser could be installed. Install Chromium or Chrome by hand, "
            f"or put the path of one into {OVERRIDE}, {AGAIN}"
        )
    _check_browser(browser, headed)


def install_node_packages(what: str, folder: Path, locks: Sequence[Path]) -> None:
    """A Node, and the locked packages of a folder that it runs."""
    stamp = Stamp(folder / "node_modules" / "checkout-stamp.json")
    known = stamp.read()
    wanted = {"locks": digest(locks), "machine": fingerprint(shutil.which("node"))}
    if known == {**wanted, "node": known.get("node")} and Path(str(known["node"])).exists():
        return
    node = find_node(VENV) or _install_node()
    _say(f"installing {what}, with {node.npm}")
    _run(
        [str(node.npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        f"Check the connection to the npm registry (npm ping), {AGAIN}",
        folder=folder,
        environment={"PATH": f"{node.node.parent}{os.pathsep}{os.environ['PATH']}"},
    )
    stamp.write({**wanted, "node": str(node.node)})


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bootstrap", description=__doc__)
    parser.add_argument("--headed", action="store_true", help="a browser with a window, to watch")
    return parser.parse_args(arguments)


def _say(what: str) -> None:
    print(f"Set-up: {what}", flush=True)


def _require_python(version: Sequence[int]) -> None:
    if tuple(version) < OLDEST_PYTHON:
        wanted, found = (".".join(map(str, numbers)) for numbers in (OLDEST_PYTHON, version))
        raise SetupError(
            f"Python {wanted} or newer is needed and this is {found}. Install a newer one, "
            "or name it: make accept PYTHON=python3.12"
        )


def _require_ensurepip() -> None:
    """Debian keeps what `python -m venv` needs in a package of its own."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not shutil.which("apt-get"):
        raise SetupError(f"this Python came without ensurepip. Install a complete one, {AGAIN}")
    if not (is_root() and _apt_install(package)):
        raise SetupError(f"type: sudo apt-get install {package}, {AGAIN}")
    importlib.invalidate_caches()


def _require_display() -> None:
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        raise SetupError(
            "there is no display to show a window on. Run this on a desktop, or under a virtual "
            "one: xvfb-run make watch"
        )


def _pip_install(lock: Path) -> None:
    _run(
        [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)],
        f"Check the connection to the Python package index (pip config list), {AGAIN}",
        environment={"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"},
    )


def _install_debians(headed: bool) -> bool:
    """Debian's package, if this is Debian and we may; Ubuntu's package is only a snap."""
    if not (is_root() and _is_debian()):
        return False
    return _apt_install(*(DEBIAN_HEADED if headed else DEBIAN_HEADLESS))


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") == "debian"
    except OSError:
        return False


def _apt_install(*packages: str) -> bool:
    names = " ".join(packages)
    _say(f"installing {names} with apt-get")
    _succeeds(["apt-get", "update"])
    done = _succeeds(["apt-get", "install", "--yes", "--no-install-recommends", *packages])
    if not done:
        _say(f"apt-get could not install {names}")
    return done


def _install_playwrights(headed: bool) -> bool:
    _say("downloading Playwright's own Chromium")
    command = [str(VENV_PYTHON), "-m", "playwright", "install", "chromium"]
    command += ["--no-shell" if headed else "--only-shell"]
    # The libraries that it needs come from the system's packages, which only root may install.
    return (is_root() and _succeeds([*command, "--with-deps"])) or _succeeds(command)


def _check_browser(browser: Path, headed: bool) -> None:
    """Start it once, to find missing libraries here and not in the first test."""
    stamp = Stamp(VENV / f"checkout-{'headed' if headed else 'headless'}.json")
    wanted = {"browser": fingerprint(browser)}
    if stamp.read() == wanted:
        return
    answer = _run(
        [str(browser), "--version"],
        f"Install what it lacks (as root: {VENV_PYTHON} -m playwright install-deps chromium), "
        f"or put the path of another one into {OVERRIDE}, {AGAIN}",
    )
    _say(f"using {answer.strip().splitlines()[-1].strip()}, {browser}")
    stamp.write(wanted)


def _install_node() -> Node:
    _say(f"installing Node from PyPI, as this machine has no Node {OLDEST} or newer with npm")
    _pip_install(NODE_LOCK)
    node = find_node(VENV)
    if node is None:
        raise SetupError(f"the Node from PyPI does not start here. Install Node {OLDEST}+, {AGAIN}")
    return node


def _succeeds(command: Sequence[str]) -> bool:
    try:
        _run(command, "")
    except SetupError as error:
        print(error, file=sys.stderr)
        return False
    return True


def _run(
    command: Sequence[str],
    advice: str,
    *,
    folder: Path = ROOT,
    environment: dict[str, str] | None = None,
) -> str:
    """Run it silently and return what it printed; if it fails, raise with its last lines."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise SetupError(f"`{command[0]}` cannot be started: {error.strerror}\n{advice}") from error
    if done.returncode == 0:
        return done.stdout
    last = "\n".join(f"    {line}" for line in done.stdout.strip().splitlines()[-8:])
    raise SetupError(f"`{' '.join(command)}` failed:\n{last}\n{advice}".rstrip())


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two runs of make in one checkout must not build the same environment at once."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    with Path(__file__).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            _say("waiting for another set-up of this checkout to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
