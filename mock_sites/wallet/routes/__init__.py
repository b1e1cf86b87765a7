"""The wallet's pages, one noun a module: HTTP in and out, no rules."""

from __future__ import annotations

from typing import cast

from flask import current_app
from werkzeug.local import LocalProxy

from ..domain.wallet import Wallet

# The rules of the wallet whose page is asked for.
current_wallet = cast(Wallet, LocalProxy(lambda: current_app.extensions["wallet"]))
