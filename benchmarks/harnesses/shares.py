"""A number of scenarios, divided among workers."""

from __future__ import annotations


def shares(count: int, workers: int) -> list[int]:
    """``count`` in at most ``workers`` parts that differ by one at most; none is empty."""
    least, rest = divmod(count, workers)
    parts = [least + (number < rest) for number in range(workers)]
    return [part for part in parts if part]
