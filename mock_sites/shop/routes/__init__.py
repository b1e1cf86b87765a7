"""The shop's pages: HTTP in and out, and nothing else."""

from __future__ import annotations

from typing import cast

from flask import current_app
from werkzeug.local import LocalProxy

from ..domain.shop import Shop

# The rules of the shop whose page is asked for.
current_shop = cast(Shop, LocalProxy(lambda: current_app.extensions["shop"]))
