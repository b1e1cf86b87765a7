"""A run on broken sites reports the clause, the failure category and what to do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from checkout_conformance.reporting.command import judge_results
from checkout_conformance.reporting.conformance import ClauseResult, Failure, FailureKind, Verdict

ROOT = Path(__file__).parents[3]
# Expressions of Playwright's, and of its messages: a reader of the report knows none of them.
OF_THE_HARNESS = re.compile(
    r"locator|get_?by_?\w+\(|call log|:has-text|internal:|xpath=|css=|>> ?nth|Timeout \d+ms",
    re.IGNORECASE,
)
WALK = "game_account_is_topped_up"
# A pytest plugin that has other sites started in place of the sound ones.
PLUGIN = """
import sys
from checkout_conformance.processes import mock_stack

def serve(data, target=None):
    options = ["--json", "--port-base", "0", "--data", str(data), "--controls"]
    return [sys.executable, {script!r}, *options, *{more!r}]

mock_stack.serve_command = serve
"""
# The wallet as it is, but for a piece of its pages.
SITES = """
import re, sys
from mock_sites import __main__ as sites

create = sites.CREATE["wallet"]

def create_wallet(*given):
    site = create(*given)

    @site.app.after_request
    def change(response):
        if response.mimetype == "text/html":
            text = response.get_data(as_text=True)
            response.set_data(re.sub({old!r}, {new!r}, text, flags=re.DOTALL))
        return response

    return site

sites.CREATE["wallet"] = create_wallet
sys.exit(sites.main())
"""


def failed_clause(
    folder: Path, old: str = "$^", new: str = "", more: Sequence[str] = (), driver: str = "http"
) -> ClauseResult:
    """Walk W1 on a stack that was broken; the one clause that failed."""
    script = folder / "sites.py"
    script.write_text(SITES.format(old=old, new=new), encoding="utf-8")
    (folder / "broken.py").write_text(PLUGIN.format(script=str(script), more=list(more)))
    command = [sys.executable, "-m", "pytest", "features", "-q", "-k", WALK, "-p", "broken"]
    command += ["--driver", driver]
    command += ["-p", "no:cacheprovider", f"--alluredir={folder / 'results'}"]
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert "1 failed" in done.stdout, done.stdout[-3000:] + done.stderr[-3000:]
    document = judge_results([folder / "results"])
    [clause] = [one for one in document.clauses if one.verdict is Verdict.FAILED]
    return clause


def failure_of(clause: ClauseResult) -> Failure:
    """The failure, in whose words nothing of the harness stands."""
    failure = clause.checks[0].failure
    assert failure is not None
    assert not OF_THE_HARNESS.search(f"{failure.expected} {failure.showed}"), failure
    return failure


@pytest.mark.timeout(180)
def test_a_wrong_label_deviates_from_the_document_at_its_clause(tmp_path: Path) -> None:
    clause = failed_clause(tmp_path, "Entertainment", "Leisure")
    failure = failure_of(clause)
    assert (clause.id, failure.kind) == ("W1.1", FailureKind.DEVIATES)
    assert failure.expected == "the wallet shows what can be paid, by category"
    assert "Entertainment" in failure.showed


@pytest.mark.timeout(180)
def test_a_lost_button_is_named_at_its_clause(tmp_path: Path) -> None:
    clause = failed_clause(tmp_path, r"<button[^>]*>\s*Confirm\s*</button>", driver="browser")
    failure = failure_of(clause)
    assert (clause.id, failure.kind) == ("W1.5", FailureKind.DEVIATES)
    assert '"Confirm"' in failure.showed
    assert clause.checks[0].picture


@pytest.mark.timeout(180)
def test_the_failure_of_an_unreachable_site_has_its_address_and_advice(tmp_path: Path) -> None:
    nobody = "phone=http://phone.localhost:9"
    more = ["--sites", "wallet", "shop", "vault", "--elsewhere", nobody]
    clause = failed_clause(tmp_path, more=more)
    failure = failure_of(clause)
    assert (clause.id, failure.kind) == ("W1.6", FailureKind.UNREACHABLE)
    assert "Does http://phone.localhost" in failure.showed
    assert "still serve?" in failure.showed
