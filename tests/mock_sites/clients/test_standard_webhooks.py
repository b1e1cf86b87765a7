"""The published verifier of Standard Webhooks, unmodified, on the wallet's notifications."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from mock_sites.shared.messaging.standard_webhooks import webhook_secret
from tests.mock_sites.clients.environment import python_with
from tests.support.wallet_fixture import wallet_fixture

PROGRAM = Path(__file__).with_name("standard_webhooks_program.py")
SECONDS = 60


def test_both_secrets_verify_a_notification_of_the_overlap_and_no_other_does(
    tmp_path: Path,
) -> None:
    python = python_with("standardwebhooks", "standardwebhooks")
    with wallet_fixture(tmp_path, merchant={"standard_webhooks": True}) as wallet:
        keys = wallet.stack.keys
        headers = {"Authorization": f"Bearer {keys.control_token}"}
        path = f"/_control/merchants/{keys.merchant.site_id}/keys"
        asked = {"overlap_seconds": 3600}
        new = wallet.site.app.test_client().post(path, json=asked, headers=headers).json
        assert new is not None
        wallet.pay_bill(wallet.buyer(), wallet.issue())
        wallet.deliver()
        [request] = wallet.outside.notifications

    body = request.content.decode()
    told = {"body": body, "headers": dict(request.headers)}
    secrets = [new["webhook_secret"], webhook_secret(keys.merchant.secret_key)]
    lines = [{**told, "secret": each} for each in (*secrets, webhook_secret("another"))]
    lines.append({**told, "secret": secrets[0], "body": body.replace("PAID", "EXPIRED")})
    done = subprocess.run(
        [python, PROGRAM],
        input="\n".join(map(json.dumps, lines)),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["true", "true", "false", "false"]
