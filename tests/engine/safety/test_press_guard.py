"""What a page object may press and type on a team's own sites, and what stays behind."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page

from checkout_conformance.drivers.site import Site
from checkout_conformance.safety.press_guard import PressGuard
from checkout_conformance.safety.run_record import RunRecord
from checkout_conformance.safety.side_effects import SideEffect, SideEffects
from checkout_conformance.safety.spending_limit import SpendingError, SpendingLimit
from checkout_conformance.targets.target import Target
from steps.support.published_cards import published_card
from tests.support.stub_site import StubSite

FORM = '<main><form method="post" action="{to}"><button>Pay</button></form></main>'

SHADOW = """<main><button>Confirm</button><div id=host></div></main><script>
document.querySelector("#host").attachShadow({mode: "open"}).innerHTML = "<p>20.00 RUB</p>"
</script>"""


def test_side_effects_are_listed_with_those_that_were_undone(tmp_path: Path) -> None:
    made = SideEffects(RunRecord(tmp_path / "made.json", []))
    made.pressed("Confirm order", "https://shop/checkout")
    made.pressed("View", "https://wallet/")
    made.add("an account", "with the shop")
    made.undo("an order", "https://shop")
    assert made.all() == [
        SideEffect("an order", 'by "Confirm order" on https://shop/checkout', undone=True),
        SideEffect("an account", "with the shop"),
    ]
    assert str(made.all()[1]) == "an account, with the shop: still there"


@pytest.mark.parametrize(
    ("label", "answer", "listed"),
    [
        ("Confirm", "<p role=alert>Wrong code</p><button>Confirm</button>", 0),
        ("Confirm", "<input aria-invalid=true><button>Confirm</button>", 0),
        ("Confirm", "<p role=alert>Paid</p>", 1),
        ("Confirm", "<p role=status>Paid</p><button>Confirm</button>", 1),
        ("Add to cart", "<p role=alert>Added</p><button>Add to cart</button>", 1),
    ],
)
def test_a_refused_payment_is_not_listed(
    page: Page, careful: Target, site: StubSite, label: str, answer: str, listed: int
) -> None:
    form = f'<form action="/answer"><button>{label}</button></form>'
    site.pages["/"] = f"<main>9.00 RUB {form}</main>"
    site.pages["/answer"] = f"<main>{answer}</main>"
    page.goto(site.url)
    Site.on(page, careful).press(label)
    assert careful.press_guard
    assert len(careful.press_guard.side_effects.all()) == listed
    assert careful.press_guard.pressed[label] == 1


@pytest.fixture
def careful(site: StubSite, tmp_path: Path, record: RunRecord) -> Target:
    made = SideEffects(RunRecord(tmp_path / "made.json", []))
    press_guard = PressGuard(SpendingLimit({"RUB": Decimal(10)}, record), made, within="#due")
    return Target("staging", "en", urls={"shop": site.url}, press_guard=press_guard)


def test_no_control_is_pressed_above_the_limit(page: Page, careful: Target, site: StubSite) -> None:
    site.pages["/"] = "<main>It costs 20.00 RUB " + FORM.format(to="/pay").replace("Pay", "Confirm")
    page.goto(site.url)
    with pytest.raises(SpendingError):
        Site.on(page, careful).press("Confirm")
    assert site.changes == []


@pytest.mark.parametrize(
    ("page_text", "stops"),
    [
        ("<main><button>Confirm</button> Nothing to see</main>", True),
        ("<main><button>Confirm</button> 9.00 RUB</main>", False),
        ("<main><button>Confirm</button> 9.00 RUB</main><p>Balance 500 ₽", True),
        ("<main><button>Confirm</button> <b id=due>9.00 RUB</b></main><p>Balance 500 ₽", False),
        ("<main><button>Confirm</button> <b id=due>soon</b></main><p>9.00 RUB", True),
        (SHADOW, True),
        ("<main><button>Confirm</button> <iframe srcdoc='20.00 RUB'></iframe></main>", True),
        ("<main><button>Confirm</button> <label>₽ <input value=20.00></label></main>", True),
        ("<main><button>Confirm</button> 9 ₽ <p hidden>20.00 RUB</p></main>", False),
    ],
)
def test_amounts_are_read_wherever_a_page_has_them(
    page: Page, careful: Target, site: StubSite, page_text: str, stops: bool
) -> None:
    site.pages["/"] = page_text
    page.goto(site.url)
    if not stops:
        Site.on(page, careful).press("Confirm")
        return
    with pytest.raises(SpendingError, match="Nothing was pressed"):
        Site.on(page, careful).press("Confirm")


def test_our_own_mocks_need_no_care(page: Page, careful: Target, site: StubSite) -> None:
    assert careful.press_guard
    careful.press_guard.trust([site.url])
    site.pages["/"] = "<main>It costs 20.00 RUB <button>Confirm</button></main>"
    page.goto(site.url)
    Site.on(page, careful).press("Confirm")


def test_confirm_pays_nothing_in_the_vault(
    page: Page, site: StubSite, tmp_path: Path, record: RunRecord
) -> None:
    made = SideEffects(RunRecord(tmp_path / "made.json", []))
    press_guard = PressGuard(SpendingLimit({}, record), made, sells_nothing=[site.url])
    site.pages["/"] = "<main>Delete the card? <button>Confirm</button></main>"
    page.goto(site.url)
    Site.on(page, Target("staging", "en", urls={}, press_guard=press_guard)).press("Confirm")
    assert len(made.all()) == 1


def test_no_card_number_is_typed_but_a_published_one(careful: Target) -> None:
    assert careful.press_guard
    assert careful.press_guard.may_type(published_card("Visa, approved").number)
    assert careful.press_guard.may_type("+79161234567")
    assert careful.press_guard.may_type("1234567890123456")
    assert not careful.press_guard.may_type("6011 0009 9013 9424")
