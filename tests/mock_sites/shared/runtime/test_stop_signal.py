"""A signal ends the sites whenever it comes: before they wait, or at that very moment."""

from __future__ import annotations

import subprocess
import sys

import pytest

from checkout_conformance.project import ROOT

EARLY = """
import os, signal
from mock_sites.shared.runtime.stop_signal import StopSignal

stop = StopSignal()
os.kill(os.getpid(), signal.{name})
assert stop.wait() == signal.{name}
"""
# The signal comes at the first line of Python that runs in wait(), then at the second, and so on.
# With no such line left it comes while the main thread is asleep.
AT_EACH_LINE = """
import os, signal, sys, threading
from mock_sites.shared.runtime.stop_signal import StopSignal

def send():
    os.kill(os.getpid(), signal.SIGTERM)

for moment in range(60):
    stop = StopSignal()
    lines = 0

    def trace(frame, event, argument):
        global lines
        if event == "line":
            lines += 1
            if lines == moment:
                send()
        return trace

    timer = threading.Timer(0.02, send)
    timer.start()
    sys.settrace(trace)
    stop.wait()
    sys.settrace(None)
    timer.join()
"""
# The main thread is asleep, and nothing interrupts it: as if the signal came just before that.
TO_ANOTHER_THREAD = """
import signal, threading
from mock_sites.shared.runtime.stop_signal import StopSignal

stop = StopSignal()
threading.Timer(0.2, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM)).start()
assert stop.wait() == signal.SIGTERM
"""
ANOTHER_SIGNAL = """
import os, signal, threading
from mock_sites.shared.runtime.stop_signal import StopSignal

stop = StopSignal()
signal.signal(signal.SIGUSR1, lambda *_: None)
os.kill(os.getpid(), signal.SIGUSR1)
threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
assert stop.wait() == signal.SIGTERM
"""


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=30)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_that_came_before_is_not_lost(name: str) -> None:
    run(EARLY.format(name=name))


def test_a_signal_at_any_moment_of_waiting_ends_it() -> None:
    run(AT_EACH_LINE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signal to a thread")
@pytest.mark.parametrize("code", [TO_ANOTHER_THREAD, ANOTHER_SIGNAL])
def test_only_a_signal_to_stop_ends_it_and_it_need_not_interrupt(code: str) -> None:
    run(code)
