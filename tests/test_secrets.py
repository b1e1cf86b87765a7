from __future__ import annotations

import pytest

from steps.secrets import hide, redact, redact_addresses


def test_what_is_hidden_is_redacted_the_longest_first() -> None:
    hide("482913")
    hide("482913-long")
    assert redact("code 482913, then 482913-long") == "code •••, then •••"


def test_nothing_is_not_a_secret() -> None:
    hide("")
    hide("  ")
    assert redact("a  b") == "a  b"


@pytest.mark.parametrize(
    ("told", "redacted"),
    [
        ('- fill("4111 "quoted" 1")', '- fill("•••")'),
        ('<input value="4111" type="text"/>', '<input value="•••" type="text"/>'),
        (
            "at http://a.localhost:1/pay?code=1&next=/x#top",
            "at http://a.localhost:1/pay?code=•••&next=•••",
        ),
        ('unexpected value "Paid"', 'unexpected value "Paid"'),
    ],
)
def test_playwrights_log_is_redacted(told: str, redacted: str) -> None:
    assert redact(told) == redacted


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://shop.localhost:8001/orders/7", "http://shop.localhost:8001/orders/7"),
        ("http://ann:pw@shop.localhost/", "http://shop.localhost/"),
        ("https://x.org/?a=1&b", "https://x.org/?a=•••&b=•••"),
        ("https://x.org/?", "https://x.org/?"),
    ],
)
def test_an_address_keeps_its_path_and_names(address: str, shown: str) -> None:
    assert redact_addresses(address) == shown
