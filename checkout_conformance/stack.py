"""The mock sites for any test suite, such as that of a team's own merchant code.

    from checkout_conformance.stack import mock_stack

    with mock_stack() as stack:
        client.pay(stack.urls["wallet"], key=stack.merchant_key)

In pytest, the fixture ``checkout_stack`` is such a stack for the whole session.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from checkout_conformance.processes.mock_stack import MockStack, running_stack, serve_command

__all__ = ["MockStack", "mock_stack"]


@contextmanager
def mock_stack(
    sites: Sequence[str] = (), *, port_base: int = 0, data: Path | None = None
) -> Iterator[MockStack]:
    """Serve the mock sites, with test controls, while the block runs.

    ``sites`` are their names (default: all), ``port_base`` the first of their ports (default: free
    ones). They keep their data in the folder ``data``; without it everything is forgotten at the
    end. Raises StackError if they do not start.
    """
    with tempfile.TemporaryDirectory(prefix="checkout-stack-") as folder:
        command = serve_command(data or Path(folder) / "data", port_base=port_base, sites=sites)
        with running_stack(Path(folder), command) as stack:
            yield stack
