"""The decorators of the steps, and the kinds of values that their sentences have.

Their wording in Arabic stands in ``features/ar/sentences.toml``.
"""

from __future__ import annotations

from checkout_conformance.drivers.devices import PHONE
from checkout_conformance.sentences import QUOTED, Kind, Sentences, read_editions

from ..data import quoted
from .amounts import AMOUNT, AMOUNT_WORDS, read_amount
from .attempts import Retry
from .card_numbers import WRITTEN
from .faults import FAILURES, MISHAPS, RELEASES
from .periods import OFTEN, PERIODS, SPAN_PATTERN, UNITS, read_often, read_span
from .typos import TYPOS

# By the words that sentences have for them.
LANGUAGES = {"English": "en", "Arabic": "ar", "Russian": "ru"}
# None: the device of the run.
DEVICES = {"computer": None, "phone": PHONE}
# How many days ago.
DAYS = {"today": 0, "yesterday": 1}

SENTENCES = Sentences(
    {
        "Text": Kind(quoted, QUOTED),
        "Money": Kind(read_amount, AMOUNT, AMOUNT_WORDS),
        "Span": Kind(read_span, SPAN_PATTERN, (*UNITS, *PERIODS)),
        "Often": Kind(read_often, words=tuple(OFTEN)),
        "Site": Kind(str, words=("wallet", "shop", "vault")),
        "Mishap": Kind(MISHAPS.__getitem__, words=tuple(MISHAPS)),
        "Failure": Kind(FAILURES.__getitem__, words=tuple(FAILURES)),
        "Release": Kind(RELEASES.__getitem__, words=tuple(RELEASES)),
        "Retry": Kind(Retry, words=tuple(Retry)),
        "Way": Kind(WRITTEN.__getitem__, words=tuple(WRITTEN)),
        "Language": Kind(LANGUAGES.__getitem__, words=tuple(LANGUAGES)),
        "Day": Kind(DAYS.__getitem__, words=tuple(DAYS)),
        "Device": Kind(DEVICES.__getitem__, words=tuple(DEVICES)),
        "Typo": Kind(TYPOS.__getitem__, words=tuple(TYPOS)),
    },
    read_editions(),
)
given, when, then = SENTENCES.given, SENTENCES.when, SENTENCES.then
