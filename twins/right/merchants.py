"""A wallet that serves the shops in another way than the reference does."""

from __future__ import annotations

from flask import abort

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.wallet.clients import merchants as clients


@twin("wallet", "W2.2", "W2.6", lacks=("new keys",))
def shops_keep_their_first_key(site: TwinChange) -> None:
    """A shop has one key for ever: no control replaces it."""
    site.route("control.rotate", lambda _rotate: lambda site_id: abort(404))


@twin("wallet", "W2.2", "W2.6", lacks=("standard webhooks",))
def notifications_have_the_native_signature_alone(site: TwinChange) -> None:
    """The wallet signs its notifications as its own protocol says, not as Standard Webhooks."""
    site.rule(clients, "webhook_headers", lambda keys, *told: {})
