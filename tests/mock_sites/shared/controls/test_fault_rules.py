"""Which faults may be set, whom they strike, and how often."""

from __future__ import annotations

import itertools
from time import monotonic
from typing import Any

import pytest
from pydantic import ValidationError

from mock_sites.shared.controls.faults import About, Faults, Kind, NewFault, Place, wait
from mock_sites.shared.values.refusal import NotFound

PHONE, OTHER = "+79160000001", "+79160000002"
KINDS = {
    "message": "late lost out-of-order twice",
    "notification": "late lost out-of-order twice wrong-signature",
    "request": "broken cut-off down half-a-body slow",
    "page": "broken cut-off down half-a-body slow",
    "issuer": "silent",
    "return": "cut-off refused silent",
    "session": "gone",
}
SCOPES = {
    "message": "phone",
    "notification": "merchant phone",
    "request": "merchant path phone",
    "page": "path phone",
    "issuer": "phone",
    "return": "phone",
    "session": "phone",
}
VALUES = {"phone": PHONE, "merchant": "shop", "path": "/pay"}


def new(place: str = "request", kind: str = "broken", **more: Any) -> NewFault:
    return NewFault(place=Place(place), kind=Kind(kind), **more)


def refused(place: str = "request", kind: str = "broken", **more: Any) -> str:
    """Why such a fault is refused."""
    with pytest.raises(ValidationError) as error:
        new(place, kind, **more)
    return str(error.value.errors()[0]["msg"])


@pytest.mark.parametrize(("place", "kind"), list(itertools.product(Place, Kind)))
def test_a_place_has_its_own_kinds_of_faults(place: Place, kind: Kind) -> None:
    known = KINDS[place].split()
    if kind in known:
        assert new(place, kind, phone=PHONE, seconds=1).kind == kind
    else:
        said = refused(place, kind, phone=PHONE, seconds=1)
        assert said == f"Value error, a {place} can be: {', '.join(known)}"


@pytest.mark.parametrize(("place", "scope"), list(itertools.product(Place, VALUES)))
def test_a_place_knows_its_own_scopes(place: Place, scope: str) -> None:
    kind, known = KINDS[place].split()[0], SCOPES[place].split()
    value = {scope: VALUES[scope]}
    if scope in known:
        assert new(place, kind, seconds=1, **value).times == 1
        return
    told = f"Value error, say for whom; a {place} knows: {', '.join(known)}"
    assert refused(place, kind, seconds=1, **value) == told
    assert refused(place, kind, seconds=1, **value, phone=PHONE) == told


@pytest.mark.parametrize("place", Place)
def test_no_fault_is_for_everybody(place: Place) -> None:
    told = refused(place, KINDS[place].split()[0], seconds=1)
    known = ", ".join(SCOPES[place].split())
    assert told == f"Value error, say for whom; a {place} knows: {known}"


def test_what_comes_late_or_slowly_says_by_how_much() -> None:
    for place, kind in (("message", "late"), ("notification", "late"), ("request", "slow")):
        assert refused(place, kind, phone=PHONE) == "Value error, say how many seconds"
    assert new("request", "slow", phone=PHONE, seconds=30).seconds == 30
    assert new("message", "late", phone=PHONE, seconds=86_400).seconds == 86_400
    assert refused("request", "slow", phone=PHONE, seconds=30.5) == (
        "Value error, at most 30 s of real time"
    )


@pytest.mark.parametrize(
    "more",
    [
        {"phone": PHONE, "seconds": -1},
        {"phone": PHONE, "seconds": 86_401},
        {"phone": PHONE, "times": 0},
        {"phone": PHONE, "times": 1001},
        {"phone": "79160000001"},
        {"phone": "+123456"},
        {"merchant": ""},
        {"merchant": "m" * 101},
        {"path": "/"},
        {"path": "/pay me"},
        {"path": "/p" + "a" * 299},
        {"phone": PHONE, "who": "anybody"},
    ],
)
def test_what_does_not_fit_is_refused(more: dict[str, Any]) -> None:
    assert refused(**more)


@pytest.mark.parametrize(
    ("scope", "about", "fits"),
    [
        ({"phone": PHONE}, About(said=f"to {PHONE}: hello"), True),
        ({"phone": PHONE}, About(said="79160000001"), True),
        ({"phone": PHONE}, About(said=OTHER), False),
        ({"phone": PHONE}, About(said="179160000001"), False),
        ({"phone": PHONE}, About(said="791600000012"), False),
        ({"phone": PHONE}, About(merchant=PHONE, path=PHONE), False),
        ({"merchant": "shop"}, About(merchant="shop"), True),
        ({"merchant": "shop"}, About(merchant="shop-2"), False),
        ({"merchant": "shop"}, About(said="shop", path="shop"), False),
        ({"path": "/pay"}, About(path="/pay/7"), True),
        ({"path": "/pay"}, About(path="/v1/pay"), False),
        ({"phone": PHONE, "path": "/pay"}, About(said=PHONE, path="/pay"), True),
        ({"phone": PHONE, "path": "/pay"}, About(said=PHONE, path="/read"), False),
        ({"phone": PHONE, "path": "/pay"}, About(said=OTHER, path="/pay"), False),
        ({"phone": PHONE, "merchant": "shop"}, About(said=PHONE, merchant="other"), False),
    ],
)
def test_a_fault_is_for_what_all_its_scopes_name(
    scope: dict[str, str], about: About, fits: bool
) -> None:
    fault = new(**scope)
    assert fault.fits(Place.REQUEST, about) == fits
    assert not fault.fits(Place.NOTIFICATION, about)


def test_a_fault_strikes_as_often_as_was_said_and_is_then_listed_still() -> None:
    faults, about = Faults(), About(said=PHONE)
    wanted = new(phone=PHONE, times=2, seconds=1.5)
    assert faults.set(wanted).facts() == {
        "id": "1",
        "place": "request",
        "kind": "broken",
        "phone": PHONE,
        "merchant": None,
        "path": None,
        "method": None,
        "times": 2,
        "seconds": 1.5,
        "left": 2,
        "struck": 0,
    }
    assert faults.strike(Place.REQUEST, About(said=OTHER)) is None
    struck = [faults.strike(Place.REQUEST, about) for _ in range(3)]
    assert [fault and (fault.kind, fault.seconds) for fault in struck] == [
        ("broken", 1.5),
        ("broken", 1.5),
        None,
    ]
    [fault] = faults.all()
    facts = fault.facts()
    assert (facts["left"], facts["struck"]) == (0, 2)


def test_the_oldest_fault_strikes_first() -> None:
    faults, about = Faults(), About(said=PHONE)
    kinds = ("broken", "down", "cut-off")
    ids = [faults.set(new("request", kind, phone=PHONE)).id for kind in kinds]
    assert ids == ["1", "2", "3"]
    faults.remove("2")
    struck = [faults.strike(Place.REQUEST, about) for _ in range(3)]
    assert [fault and fault.kind for fault in struck] == ["broken", "cut-off", None]


def test_a_fault_can_be_removed_once() -> None:
    faults = Faults()
    fault = faults.set(new(phone=PHONE))
    assert faults.remove(fault.id) is fault
    assert faults.all() == []
    assert faults.strike(Place.REQUEST, About(said=PHONE)) is None
    with pytest.raises(NotFound):
        faults.remove(fault.id)


def test_a_place_is_threatened_while_something_can_go_wrong_there() -> None:
    faults = Faults()
    assert not faults.threaten(Place.REQUEST)
    faults.set(new(phone=PHONE))
    assert faults.threaten(Place.REQUEST)
    assert not faults.threaten(Place.SESSION)
    faults.strike(Place.REQUEST, About(said=PHONE))
    assert not faults.threaten(Place.REQUEST)


def test_to_wait_is_to_let_real_time_pass() -> None:
    before = monotonic()
    wait(0.05)
    assert monotonic() - before >= 0.05
