"""The decorators of the steps, and the kinds of values that their sentences have.

Their wording in Arabic stands in ``features/ar/sentences.toml``.
"""

from __future__ import annotations

from checkout_conformance.sentences import Kind, Sentences, read_editions

from .amounts import read_amount
from .card_numbers import WRITTEN
from .faults import FAILURES, MISHAPS
from .typos import TYPOS

# By the words that sentences have for them.
LANGUAGES = {"Arabic": "ar", "Russian": "ru"}

SENTENCES = Sentences(
    {
        "Money": Kind(read_amount, r"\d+\.\d\d (?:[A-Z]{3}|{words})", ("RUB",)),
        "Site": Kind(str, words=("wallet", "shop", "vault")),
        "Mishap": Kind(MISHAPS.__getitem__, words=tuple(MISHAPS)),
        "Failure": Kind(FAILURES.__getitem__, words=tuple(FAILURES)),
        "Way": Kind(WRITTEN.__getitem__, words=tuple(WRITTEN)),
        "Language": Kind(LANGUAGES.__getitem__, words=tuple(LANGUAGES)),
        "Typo": Kind(TYPOS.__getitem__, words=tuple(TYPOS)),
    },
    read_editions(),
)
given, when, then = SENTENCES.given, SENTENCES.when, SENTENCES.then
