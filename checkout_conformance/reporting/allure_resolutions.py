"""The known deviations of a run as Allure's own rules, so that its quality gate leaves them out."""

from __future__ import annotations

import json
import re

from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.known_deviation import KnownState


def resolutions_of(document: Conformance) -> str:
    """Return Allure's rules in JSON: one for each known deviation that happened.

    Allure cannot tell the rows of a scenario apart here, so a deviation of one scenario has no
    rule: its failure counts.
    """
    rules = [
        {
            "resolution": "accepted",
            "comment": " ".join(filter(None, (known.reason, known.ticket))),
            "messageRegexp": rf"\b{re.escape(known.clause)}: the document expects",
        }
        for known in document.known_deviations
        if known.state is KnownState.HAPPENED and known.scenario is None
    ]
    return json.dumps(rules)
