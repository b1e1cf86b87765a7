from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from checkout_conformance.processes.mock_stack import StackError, running_stack, stack_in
from checkout_conformance.project import ROOT
from checkout_conformance.redaction.secrets import redact

LINE = (
    '{"sites": {"wallet": {"url": "http://wallet.localhost:1"}}, "control_token": "tok-9",'
    ' "merchants": [{"secret_key": "key-9"}]}'
)
TELL_PID = "import os, sys; print(os.getpid(), file=sys.stderr, flush=True)"
FOREVER = "import signal; signal.pause()"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def serve_until_gone(ended: Path) -> str:
    """Holds the FIFO ``ended`` open, so that reading it ends when the process is gone."""
    hold = f"import os; held = os.open({str(ended)!r}, os.O_RDWR)"
    return f"{hold}; print('{LINE}', flush=True); {FOREVER}"


def test_the_sites_run_while_the_block_runs(tmp_path: Path) -> None:
    with running_stack(tmp_path, python(f"{TELL_PID}; print('{LINE}', flush=True); {FOREVER}")) as (
        stack
    ):
        pid = int((tmp_path / "stderr.txt").read_text())
        assert is_running(pid)
        assert stack.urls == {"wallet": "http://wallet.localhost:1"}
        assert (stack.control_token, stack.merchant_key) == ("tok-9", "key-9")
        assert "tok-9" not in repr(stack)
        assert redact("tok-9") != "tok-9"
    assert not is_running(pid)


def test_much_output_does_not_block_the_sites(tmp_path: Path) -> None:
    done = tmp_path / "done"
    os.mkfifo(done)
    flood = f"print('x' * 1_000_000, flush=True); open({str(done)!r}, 'w').write('done')"
    with running_stack(tmp_path, python(f"print('{LINE}', flush=True); {flood}; {FOREVER}")):
        assert done.read_text() == "done"
    assert "tok-9" not in (tmp_path / "stdout.txt").read_text()


def test_sites_that_do_not_stop_are_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checkout_conformance.processes.mock_stack.STOP_SECONDS", 0.2)
    ended = tmp_path / "ended"
    os.mkfifo(ended)
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    with running_stack(tmp_path, python(f"{stubborn}; {serve_until_gone(ended)}")):
        reading = ended.open()
    with reading:
        assert reading.read() == ""


def test_the_sites_end_when_the_run_is_killed(tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    os.mkfifo(ended)
    run = (
        "import os, signal; from pathlib import Path\n"
        "from checkout_conformance.processes.mock_stack import running_stack\n"
        f"with running_stack(Path({str(tmp_path)!r}), {python(serve_until_gone(ended))!r}):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.Popen(python(run), cwd=ROOT)
    assert ended.read_text() == ""
    assert killed.wait() == -signal.SIGKILL


def test_the_error_of_sites_that_end_has_their_output(tmp_path: Path) -> None:
    code = "import sys; sys.exit('the port is taken')"
    with (
        pytest.raises(StackError, match=r"(?s)ended with status 1.*the port is taken"),
        running_stack(tmp_path, python(code)),
    ):
        pass


def test_sites_that_print_nothing_are_an_error(tmp_path: Path) -> None:
    with (
        pytest.raises(StackError, match=r"no address within 0\.2 s"),
        running_stack(tmp_path, python(FOREVER), seconds=0.2),
    ):
        pass


@pytest.mark.parametrize("line", ["hello", "[]", '{"sites": {}}'])
def test_another_first_line_is_an_error(tmp_path: Path, line: str) -> None:
    with (
        pytest.raises(StackError, match="did not print the expected line of JSON"),
        running_stack(tmp_path, python(f"print('{line}', flush=True); {FOREVER}")),
    ):
        pass


def test_the_first_merchant_is_the_shop_and_no_merchants_key_is_told() -> None:
    others = '{"secret_key": "key-9"}, {"secret_key": "key-of-another"}'

    stack = stack_in(LINE.replace('{"secret_key": "key-9"}', others))

    assert stack.merchant_key == "key-9"
    assert "key-of-another" not in redact("a text with key-of-another")
