"""The reference pages, generated from the code: steps, faults, cards, deviants, twins and more."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from checkout_conformance.clauses import OUR_LANGUAGE, read_clauses
from checkout_conformance.deviants.collection import deviants_named
from checkout_conformance.hazards import Hazard, read_guide_words, read_hazards
from checkout_conformance.project import FEATURES
from checkout_conformance.twins.collection import twins_named
from mock_sites.shared.controls.faults import KINDS, SCOPES, Kind, Place
from tools.docs.commands import commands_page
from tools.docs.controls import controls_page, described_controls
from tools.docs.markdown import code, escape, table
from tools.docs.target_keys import target_keys_page

# What each kind of fault does. A kind without a line here stops the build.
FAULTS: Mapping[Kind, str] = {
    Kind.LATE: "It arrives after `seconds` of the stack's clock.",
    Kind.LOST: "It never arrives.",
    Kind.TWICE: "It arrives twice.",
    Kind.OUT_OF_ORDER: "The next one arrives before it.",
    Kind.WRONG_SIGNATURE: "It arrives with a signature that does not fit.",
    Kind.DOWN: "The connection closes without an answer.",
    Kind.SLOW: "The answer takes `seconds` of real time.",
    Kind.BROKEN: "The answer is status 500.",
    Kind.HALF_A_BODY: "The answer stops after half of its body.",
    Kind.CUT_OFF: "The site does its work, and the connection closes without an answer.",
    Kind.SILENT: "The issuer does not answer.",
    Kind.REFUSED: "The issuer refuses: it keeps what it has.",
    Kind.GONE: "The buyer's session ends.",
}
# Where each place is. Notifications and requests are also about a merchant or a path.
PLACES: Mapping[Place, tuple[str, str]] = {
    Place.MESSAGE: ("A message to the phone", "phone"),
    Place.NOTIFICATION: ("A notification to the merchant", "wallet, vault"),
    Place.REQUEST: ("A request of a program", "every site"),
    Place.PAGE: ("A buyer's page request", "wallet, shop, vault"),
    Place.ISSUER: ("The answer of a card's issuer", "vault"),
    Place.RETURN: ("The answer of a card's issuer to the cent's return", "vault"),
    Place.SESSION: ("The session of a signed-in buyer", "wallet, shop, vault"),
}


def reference_pages() -> dict[str, str]:
    """The text of each page by its path."""
    return {
        "reference/controls.md": controls_page(described_controls()),
        "reference/faults.md": faults_page(),
        "reference/cards.md": cards_page(),
        "reference/target-keys.md": target_keys_page(),
        "reference/hazards.md": hazards_page(),
        "reference/deviants.md": deviants_page(),
        "reference/twins.md": twins_page(),
        "reference/commands.md": commands_page(),
    }


def faults_page() -> str:
    """Where faults can strike, and how."""
    rows = [
        [
            code(place),
            PLACES[place][0],
            PLACES[place][1],
            ", ".join(code(kind) for kind in sorted(KINDS[place])),
            ", ".join(code(scope) for scope in sorted(SCOPES[place])),
        ]
        for place in Place
    ]
    kinds = [[code(kind), FAULTS[kind]] for kind in Kind]
    head = ["Place", "What it is", "Sites", "Kinds", "Scopes"]
    return "\n".join(
        [
            "# Faults\n",
            "A fault makes one thing go wrong on a mock site. Set it with"
            " `POST /_control/faults` ([test controls](controls.md)). A fault needs a scope: one"
            " buyer's phone, one merchant, or the beginning of a path. A fault for everybody is"
            " rejected. It strikes `times` times (1 unless given) and then ends. A path that no"
            " request of the place can have is refused with 422. With `method` (`GET` or `POST`)"
            " a fault of pages strikes a form that is sent, or the page that shows it.\n",
            "## Places { #places }\n",
            table(head, rows),
            "## Kinds { #kinds }\n",
            table(["Kind", "What happens"], kinds),
        ]
    )


def cards_page() -> str:
    """The published test cards, and the values that are always rejected."""
    cards = tomllib.loads((FEATURES / "test_cards.toml").read_text(encoding="utf-8"))["card"]
    refusals = tomllib.loads((FEATURES / "refusals.toml").read_text(encoding="utf-8"))["refusal"]
    return "\n".join(
        [
            "# Test cards and rejected values\n",
            "The vault accepts the published test cards only. Use any later expiry date and any"
            " security code of the right length. The table is made from"
            " `features/test_cards.toml`.\n",
            "## Test cards { #cards }\n",
            table(
                ["Card", "Number", "Result"],
                [[escape(c["name"]), code(c["number"]), escape(c["meaning"])] for c in cards],
            ),
            "## Values that are always rejected { #values }\n",
            "These values have a fixed result, like the test cards. The table is made from"
            " `features/refusals.toml`.\n",
            table(
                ["What", "Value", "Result"],
                [[escape(r["kind"]), code(r["value"]), escape(r["meaning"])] for r in refusals],
            ),
        ]
    )


def hazards_page() -> str:
    """Every clause's hazard table."""
    words = {word.id: word.title[OUR_LANGUAGE] for word in read_guide_words()}
    asked = [[words[word.id], escape(word.asks)] for word in read_guide_words()]
    clauses = read_clauses()
    lines = [
        "# Hazard tables\n",
        "What could be wrong at each clause, asked by guide words as in a hazard and operability"
        " study (HAZOP). The answer is the scenarios that would notice, or in italics the reason"
        " why the document says nothing about it. The tables stand in `features/hazards/`; a test"
        " fails for an empty cell and for a title that no scenario of the clause has.\n",
        "## Guide words { #guide-words }\n",
        table(["Guide word", "What is asked"], asked),
    ]
    for clause, hazards in read_hazards().items():
        noticed = sum(bool(hazard.scenarios) for hazard in hazards)
        lines += [
            f"## {escape(clauses[clause].heading)} {{ #{clause} }}\n",
            f"{escape(clauses[clause].text[OUR_LANGUAGE])}\n",
            f"{noticed} of {len(hazards)} have a scenario.\n",
            table(["Guide word", "Answer"], [[words[h.guide_word], _answer(h)] for h in hazards]),
        ]
    return "\n".join(lines)


def _answer(hazard: Hazard) -> str:
    if hazard.reason:
        return f"*{escape(hazard.reason)}*"
    return "<br>".join(map(escape, hazard.scenarios))


def deviants_page() -> str:
    """Every wrong site, by kind."""
    deviants = deviants_named()
    lines = [
        "# List of deviants\n",
        f"{len(deviants)} wrong sites, by kind: the module of `deviants/wrong/` that defines them,"
        " or blind (`deviants/blind/`). How to run and write them:"
        " [deviants and mutants](../results/deviants.md).\n",
    ]
    for kind in sorted({one.kind for one in deviants}):
        rows = [
            [code(one.name), one.clause, one.site, escape(one.sentence)]
            for one in deviants
            if one.kind == kind
        ]
        lines += [
            f"## {escape(kind.replace('_', ' ').capitalize())} {{ #{kind} }}\n",
            table(["Name", "Clause", "Site", "What is wrong"], rows),
        ]
    return "\n".join(lines)


def twins_page() -> str:
    """Every right site that is built differently, by kind."""
    twins = twins_named()
    lines = [
        "# List of twins\n",
        f"{len(twins)} right sites, by the module of `twins/right/` that defines them. How to run"
        " and write them: [twins](../results/twins.md).\n",
    ]
    for kind in sorted({one.kind for one in twins}):
        rows = [
            [code(one.name), ", ".join(one.clauses), one.site, escape(one.sentence)]
            for one in twins
            if one.kind == kind
        ]
        lines += [
            f"## {escape(kind.replace('_', ' ').capitalize())} {{ #{kind} }}\n",
            table(["Name", "Clauses", "Site", "What is different"], rows),
        ]
    return "\n".join(lines)
