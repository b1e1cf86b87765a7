"""The vault's pages, one noun a module: HTTP in and out, no rules."""

from __future__ import annotations

from typing import cast

from flask import current_app
from werkzeug.local import LocalProxy

from ..domain.vault import Vault

# The rules of the vault whose page is asked for.
current_vault = cast(Vault, LocalProxy(lambda: current_app.extensions["vault"]))
