"""Dates and times of day, as pages in any language write them."""

from __future__ import annotations

import re

from .digits import DIGIT

# A year, a date in numbers or a time of day: a site is free in how it writes the rest.
SOME_DATE = re.compile(
    rf"(?<!{DIGIT})(?:[2٢۲][0٠۰]{DIGIT}{{2}}(?!{DIGIT})"
    rf"|{DIGIT}{{1,2}}[./-]{DIGIT}{{1,2}}[./-]{DIGIT}{{2}}|{DIGIT}{{1,2}}:{DIGIT}{{2}})"
)
