"""Digits of any script, for patterns that the browser and Python read alike."""

from __future__ import annotations

# Latin, Arabic, Persian. A browser's \d knows the Latin ones only.
DIGIT = "[0-9٠-٩۰-۹]"


def in_any_script(digits: str) -> str:
    """Return a pattern for these Latin digits, each written in any of the scripts."""
    return "".join(f"[{one}{'٠١٢٣٤٥٦٧٨٩'[int(one)]}{'۰۱۲۳۴۵۶۷۸۹'[int(one)]}]" for one in digits)
