"""What sets the house up: choices of browser and Node, stamps, and locks fit for every machine."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from checkout_conformance.drivers import chromium
from checkout_conformance.reporting import node
from tools import ROOT, bootstrap
from tools.stamp import Stamp, digest


def program(path: Path, says: str = "") -> Path:
    """An executable that prints one line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No browser and no Node anywhere; what a test puts into its bin/ is on the PATH."""
    monkeypatch.setattr(chromium, "DEBIAN_HEADLESS", ())
    monkeypatch.setattr(chromium, "MAC_APPLICATIONS", ())
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.delenv(chromium.OVERRIDE, raising=False)
    return tmp_path


def playwrights_shell(machine: Path, revision: str, *, complete: bool = True) -> Path:
    unpacked = machine / "playwright" / f"chromium_headless_shell-{revision}"
    shell = program(unpacked / "chrome-headless-shell-linux64" / "chrome-headless-shell")
    if complete:
        (unpacked / "INSTALLATION_COMPLETE").touch()
    return shell


class TestBrowser:
    def test_none_is_found_on_a_bare_machine(self, bare_machine: Path) -> None:
        assert chromium.find_chromium() is None
        assert chromium.find_chromium(headed=True) is None

    def test_the_real_binary_comes_before_debians_wrapper(
        self, bare_machine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program(bare_machine / "bin" / "chromium-headless-shell")
        binary = program(bare_machine / "lib" / "chromium-headless-shell")
        monkeypatch.setattr(chromium, "DEBIAN_HEADLESS", (binary,))
        assert chromium.find_chromium() == binary

    def test_a_headless_shell_comes_before_a_full_browser(self, bare_machine: Path) -> None:
        chrome = program(bare_machine / "bin" / "google-chrome")
        assert chromium.find_chromium() == chrome
        shell = playwrights_shell(bare_machine, "1200")
        assert chromium.find_chromium() == shell
        assert chromium.find_chromium(headed=True) == chrome

    def test_playwrights_newest_complete_download_counts(self, bare_machine: Path) -> None:
        playwrights_shell(bare_machine, "999")
        newest = playwrights_shell(bare_machine, "1200")
        playwrights_shell(bare_machine, "1300", complete=False)
        assert chromium.find_chromium() == newest

    def test_ubuntus_stand_in_for_the_snap_is_no_browser(self, bare_machine: Path) -> None:
        program(bare_machine / "bin" / "chromium-browser", says="/snap/bin/chromium")
        assert chromium.find_chromium() is None

    @pytest.mark.parametrize("headed", [False, True])
    def test_the_environment_decides(
        self, bare_machine: Path, monkeypatch: pytest.MonkeyPatch, headed: bool
    ) -> None:
        program(bare_machine / "bin" / "chromium")
        mine = program(bare_machine / "mine")
        monkeypatch.setenv(chromium.OVERRIDE, str(mine))
        assert chromium.find_chromium(headed) == mine

    def test_a_wrong_choice_is_named(
        self, bare_machine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program(bare_machine / "bin" / "chromium")
        monkeypatch.setenv(chromium.OVERRIDE, "/nowhere/chrome")
        with pytest.raises(chromium.BrowserError, match="CHECKOUT_BROWSER=/nowhere/chrome"):
            chromium.find_chromium()

    @pytest.mark.parametrize("root", [False, True])
    def test_the_sandbox_is_given_up_only_for_root(
        self, monkeypatch: pytest.MonkeyPatch, root: bool
    ) -> None:
        monkeypatch.setattr(chromium, "is_root", lambda: root)
        assert ("--no-sandbox" in chromium.launch_args()) is root
        assert "--disable-background-networking" in chromium.launch_args()


class TestNode:
    def test_the_machines_is_used_if_it_is_new_enough(self, bare_machine: Path) -> None:
        mine = program(bare_machine / "bin" / "node", says="v20.1.0")
        npm = program(bare_machine / "bin" / "npm")
        assert node.find_node(bare_machine / ".venv") == node.Node(mine, npm)

    @pytest.mark.parametrize("version", ["v18.19.0", "segmentation-fault"])
    def test_otherwise_the_one_in_the_environment(self, bare_machine: Path, version: str) -> None:
        program(bare_machine / "bin" / "node", says=version)
        program(bare_machine / "bin" / "npm")
        assert node.find_node(bare_machine / ".venv") is None
        ours = program(bare_machine / ".venv" / "bin" / "node", says="v24.19.0")
        npm = program(bare_machine / ".venv" / "bin" / "npm")
        assert node.find_node(bare_machine / ".venv") == node.Node(ours, npm)

    def test_a_node_without_npm_is_not_enough(self, bare_machine: Path) -> None:
        program(bare_machine / "bin" / "node", says="v22.0.0")
        assert node.find_node(bare_machine / ".venv") is None


class TestBootstrap:
    @pytest.mark.parametrize("content", ["", "{", "[]"])
    def test_a_stamp_that_was_cut_short_counts_as_none(self, tmp_path: Path, content: str) -> None:
        stamp = Stamp(tmp_path / "stamp.json")
        assert stamp.read() == {}
        stamp.path.write_text(content)
        assert stamp.read() == {}
        stamp.write({"lock": "1"})
        assert stamp.read() == {"lock": "1"}

    def test_the_digest_tells_where_a_line_has_moved(self, tmp_path: Path) -> None:
        first, second = tmp_path / "first", tmp_path / "second"
        first.write_text("a\n")
        second.write_text("b\n")
        before = digest([first, second])
        first.write_text("a\nb\n")
        second.write_text("")
        assert digest([first, second]) != before

    def test_an_old_python_is_told_what_to_do(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 1))
        assert bootstrap.main([]) == 1
        assert "Python 99.1 or newer is needed" in capsys.readouterr().err

    def test_a_failed_command_shows_its_end_and_what_to_do(self) -> None:
        noisy = ["sh", "-c", "for n in $(seq 30); do echo line $n; done; exit 3"]
        with pytest.raises(bootstrap.SetupError) as failure:
            bootstrap._run(noisy, "Check the connection.")
        assert "line 30" in str(failure.value)
        assert "line 20\n" not in str(failure.value)
        assert str(failure.value).endswith("Check the connection.")

    def test_a_program_that_is_missing_is_a_failed_command(self) -> None:
        with pytest.raises(bootstrap.SetupError, match="no-such-program"):
            bootstrap._run(["no-such-program"], "Install it.")

    def test_watching_needs_a_display(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.platform", "linux")
        monkeypatch.delenv("DISPLAY", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        with pytest.raises(bootstrap.SetupError, match="xvfb-run make watch"):
            bootstrap.install_browser(headed=True)


class TestLocks:
    @pytest.mark.parametrize(
        "lock",
        [bootstrap.PYTHON_LOCK, *bootstrap.REPORT_LOCKS, *bootstrap.CHECK_LOCKS[1:]],
    )
    def test_a_lock_names_no_index_and_no_machine(self, lock: Path) -> None:
        text = lock.read_text()
        assert not re.search(r"^--|(file|git\+\w+)://", text, re.MULTILINE)
        assert not re.search(r'"resolved"|@ /|://[^"]*(registry|pypi)', text)

    @pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
    @pytest.mark.parametrize("platform", ["linux", "darwin"])
    def test_the_lock_is_whole_on_every_machine(self, python: str, platform: str) -> None:
        """It was resolved on one; a dependency that only another needs would be missing there."""
        machine = {
            "python_version": python,
            "python_full_version": f"{python}.0",
            "sys_platform": platform,
            "platform_system": platform.capitalize(),
        }
        locked = locked_versions()
        missing = {
            f"{name} needs {need}"
            for name in locked
            for need in requirements_of(name)
            if canonicalize_name(need.name) not in locked
            and (need.marker is None or need.marker.evaluate({**machine, "extra": ""}))
        }
        assert not missing

    def test_the_lock_is_of_this_pyproject(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        locked = locked_versions()
        wanted = map(Requirement, project["dependencies"] + project["optional-dependencies"]["dev"])
        assert not [
            str(need)
            for need in wanted
            if not need.specifier.contains(locked.get(canonicalize_name(need.name), "0"))
        ]


def locked_versions() -> dict[str, str]:
    """Package → version, as requirements/dev.txt has them."""
    pins = re.findall(
        r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", bootstrap.PYTHON_LOCK.read_text(), re.MULTILINE
    )
    return {canonicalize_name(name): version for name, version in pins}


def requirements_of(name: str) -> list[Requirement]:
    """What the installed package asks for."""
    return [Requirement(text) for text in metadata.requires(name) or []]
