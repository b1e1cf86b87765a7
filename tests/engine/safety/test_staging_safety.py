"""A run on somebody's staging fails closed: no proof, no change; a cap; no real provider."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from socket import create_server
from threading import Event, Thread

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from checkout_conformance.drivers.site import Site
from checkout_conformance.people import Buyer
from checkout_conformance.safety.forward_proxy import running_forward_proxy
from checkout_conformance.safety.marker import require_test_instances
from checkout_conformance.safety.network_guard import NetworkGuard, SafetyError, browser_rules
from checkout_conformance.safety.press_guard import PressGuard
from checkout_conformance.safety.run_record import RunRecord
from checkout_conformance.safety.side_effects import SideEffect, SideEffects
from checkout_conformance.safety.spending_limit import SpendingError, SpendingLimit
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.deny_list import is_denied
from checkout_conformance.targets.file import (
    MARKER,
    BuyerSettings,
    SiteSettings,
    TargetError,
    Vouched,
)
from checkout_conformance.targets.target import Target
from steps.support.published_cards import published_card
from tests.support.stub_site import StubSite, stub_site

FORM = '<main><form method="post" action="{to}"><button>Pay</button></form></main>'


@pytest.fixture
def site() -> Iterator[StubSite]:
    with stub_site(
        {MARKER: "Test instance: of the payments team\n", "/": FORM.format(to="/pay")}
    ) as site:
        yield site


@pytest.fixture
def stranger() -> Iterator[StubSite]:
    with stub_site({"/": "<main>A shop</main>"}) as site:
        yield site


def test_a_site_that_serves_the_marker_is_a_test_instance(site: StubSite) -> None:
    require_test_instances({"shop": SiteSettings(url=site.url)})
    assert site.log == [f"GET {MARKER}"]


@pytest.mark.parametrize(
    "line",
    [
        "Test instance",
        "test instance\r\n",
        "TEST INSTANCE: QA's\n",
        "Test instance: тестовый сайт\n",
    ],
)
def test_the_marker_is_one_line(stranger: StubSite, line: str) -> None:
    stranger.pages[MARKER] = line
    require_test_instances({"shop": SiteSettings(url=stranger.url)})


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        (None, "answers 404"),
        ("", "says something else"),
        ("Welcome! This is no test instance", "says something else"),
        ("TEST INSTANCE? no, this is PRODUCTION", "says something else"),
        ("Test instance of nothing", "says something else"),
        ("Test instances", "says something else"),
        ("Test instance:", "says something else"),
        ("Test instance\nnot at all", "says something else"),
        (" Test instance", "says something else"),
        ("Test\u00a0instance", "says something else"),
        ("Teſt inſtance", "says something else"),
        ("Test instance: " + "x" * 1000, "is longer than 1000 bytes"),
        ("<h1>404</h1>", "is served as text/html, not as text/plain"),
    ],
)
def test_anything_else_is_no_proof(stranger: StubSite, body: str | None, doubt: str) -> None:
    if body is not None:
        stranger.pages[MARKER] = body
    with pytest.raises(TargetError, match="The run did not start and nothing was") as error:
        require_test_instances({"shop": SiteSettings(url=stranger.url)})
    assert f"{MARKER} {doubt}" in str(error.value)
    assert "a single line: Test instance, or Test instance: and a note" in str(error.value)
    assert stranger.changes == []


@pytest.mark.parametrize(
    "whole", [b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nTest"]
)
def test_a_slow_marker_times_out(whole: bytes) -> None:
    with dripping_server(whole) as url:
        begun = time.monotonic()
        with pytest.raises(TargetError, match=r"did not answer in full within 0\.5 s"):
            require_test_instances({"shop": SiteSettings(url=url)}, seconds=0.5)
    assert time.monotonic() - begun < 3


@contextmanager
def dripping_server(beginning: bytes) -> Iterator[str]:
    """Begins an answer, and then sends a byte of it ten times a second for as long as it may."""
    over = Event()
    with create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            client, _ = listening.accept()
            with client, suppress(OSError):
                client.sendall(beginning)
                while not over.wait(0.1):
                    client.sendall(b"x")

        thread = Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        over.set()
        thread.join()


def test_an_unreachable_site_is_no_proven_test_instance() -> None:
    with pytest.raises(TargetError, match="ConnectError"):
        require_test_instances({"shop": SiteSettings(url="http://127.0.0.1:9")})


def test_a_named_person_can_vouch_for_a_host(stranger: StubSite) -> None:
    vouched = Vouched(host="127.0.0.1", owner="Ann Lee, payments QA")
    require_test_instances({"shop": SiteSettings(url=stranger.url, vouched=vouched)})
    assert stranger.log == []


def test_a_real_provider_is_not_even_looked_at(
    context: BrowserContext, page: Page, playwright: Playwright
) -> None:
    with running_forward_proxy(["https://qiwi.com"]) as proxy:
        guard = NetworkGuard(["https://qiwi.com"], proxy, playwright.request.new_context())
        guard.watch(context)
        with pytest.raises(PlaywrightError, match="ERR_BLOCKED_BY_CLIENT"):
            page.goto("https://qiwi.com/")
    with pytest.raises(SafetyError, match=r"wanted something of qiwi\.com, a real provider"):
        guard.check()


def test_the_browser_itself_knows_no_real_provider(page: Page) -> None:
    assert "MAP *.qiwi.com ~NOTFOUND" in browser_rules()
    with pytest.raises(PlaywrightError, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://w.alipay.com/")


@pytest.mark.parametrize(
    ("host", "denied"),
    [
        ("qiwi.com", True),
        ("w.qiwi.com", True),
        ("QIWI.COM.", True),
        ("notqiwi.com", False),
        ("qiwi.com.example.test", False),
        ("localhost", False),
        ("qiwi。com", True),
        ("ｑｉｗｉ．ｃｏｍ", True),
        ("qi\u00adwi.com", True),
        ("qi\u200bwi.com", True),
        ("ⓦ.qiwi.com", True),
        ("shop.staging.example.test", False),
        ("my_shop", False),
        ("магазин.example.test", False),
        ("xn--80aaf3ay1d.example.test", False),
        ("127.0.0.1", False),
        ("[::1]", False),
        # What is no host name may be anybody's.
        ("", True),
        ("qiwi%2ecom", True),
        ("qiwi.com:443", True),
        ("qiwi.com\\.example.test", True),
        ("2130706433", True),
        ("0x7f.1", True),
        ("xn--qiwi-", True),
    ],
)
def test_real_providers_are_known_however_they_are_written(host: str, denied: bool) -> None:
    assert is_denied(host) is denied


@pytest.fixture
def record(tmp_path: Path) -> RunRecord:
    return RunRecord(tmp_path / "spent.json", {})


def test_a_run_stops_before_it_spends_more_than_the_file_allows(record: RunRecord) -> None:
    spending_limit = SpendingLimit({"RUB": Decimal("100.00")}, record)
    spending_limit.before_press("Confirm", "You pay 60.00 RUB")
    with pytest.raises(SpendingError, match=r"120.00, and the target's file allows 100.00"):
        SpendingLimit({"RUB": Decimal("100.00")}, record).before_press(
            "Confirm", "You pay 60.00 RUB"
        )
    assert record.read() == {"RUB": "60.00"}
    spending_limit.before_press("Confirm", "You pay 40.00 RUB")


def test_without_a_limit_no_payment_is_allowed(record: RunRecord) -> None:
    with pytest.raises(SpendingError, match=r"spend\.RUB"):
        SpendingLimit({}, record).before_press("Confirm order", "1,450.00 ₽")


def test_a_page_that_names_no_amount_is_not_pressed_on(record: RunRecord) -> None:
    spending_limit = SpendingLimit({"RUB": Decimal(1000)}, record)
    spending_limit.before_press("Confirm", "You pay 60.00 RUB")
    with pytest.raises(SpendingError, match="names no amount of money that could be read"):
        spending_limit.before_press("Confirm", "Type the code")
    assert record.read() == {"RUB": "60.00"}


def test_a_free_order_costs_nothing(record: RunRecord) -> None:
    SpendingLimit({}, record).before_press("Confirm order", "1 × Sticker, 0.00 ₽. Total 0,00 ₽")
    assert record.read() == {}


@pytest.mark.parametrize("limits", [{}, {"RUB": Decimal(100)}])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "Total 5000 ₽",
            "12 345 руб.",
            "5000.000 KWD",
            "CHF 1'000.-",
            "١٬٢٣٤٫٥٠ ر.س.",
            "1,00,000.00",
        ),
        *(
            "5 тыс. рублей",
            "$5k",
            "Total: 5000",
            "7 ₿",
            "Delivery 0.00 ₽, total 5000 руб",
            "5000 rub",
        ),
        *(
            "5000\n₽",
            "Pay 20.00 RUB, about $5",
            "007 ₽",
            "1.000 ₽",
            "１５００￥",
            "5000 дорогих рублей",
        ),
    ],
)
def test_a_payment_above_the_limit_stops_the_run(
    record: RunRecord, text: str, limits: dict[str, Decimal]
) -> None:
    with pytest.raises(SpendingError, match="Nothing was pressed"):
        SpendingLimit(limits, record).before_press("Confirm", text)
    assert record.read() == {}


def test_each_currency_of_a_page_is_counted(record: RunRecord) -> None:
    spending_limit = SpendingLimit({"RUB": Decimal(2000), "USD": Decimal(25)}, record)
    spending_limit.before_press("Confirm", "Tea 450 ₽, total 1 450,00 ₽ (20.00 $)")
    assert record.read() == {"RUB": "1450.00", "USD": "20.00"}
    with pytest.raises(
        SpendingError, match=r"might spend 20\.00 USD.*counted before that is 40\.00"
    ):
        spending_limit.before_press("Confirm", "50 ₽ (20.00 $)")


def test_two_presses_cost_twice_as_much(record: RunRecord) -> None:
    with pytest.raises(SpendingError, match="120"):
        SpendingLimit({"RUB": Decimal(100)}, record).before_press("Confirm", "60 RUB", times=2)


@pytest.mark.parametrize(
    ("limits", "currency", "text", "stops"),
    [
        ({"USD": 100}, None, "$20", False),
        ({"CAD": 100}, None, "$20", True),
        ({"CAD": 100}, "CAD", "$20", False),
        ({"CAD": 100}, "CAD", "20 €", True),
        ({"SEK": 100}, None, "20 kr", False),
        ({"RUB": 100}, None, "Total: 20", True),
        ({"RUB": 100}, "RUB", "Total: 20", False),
    ],
)
def test_a_sign_that_several_currencies_share(
    record: RunRecord, limits: dict[str, int], currency: str | None, text: str, stops: bool
) -> None:
    spending_limit = SpendingLimit(
        {code: Decimal(cap) for code, cap in limits.items()}, record, currency
    )
    if not stops:
        spending_limit.before_press("Confirm", text)
        return
    with pytest.raises(SpendingError):
        spending_limit.before_press("Confirm", text)


def test_controls_that_move_no_money_are_not_counted(record: RunRecord) -> None:
    assert not SpendingLimit.watches("View")
    assert SpendingLimit.watches("Confirm order")


def person(phone: str) -> BuyerSettings:
    return BuyerSettings.model_validate(
        {"name": "Ann", "phone": phone, "password_env": "POOL_PASSWORD"}
    )


@pytest.fixture
def two_buyers(monkeypatch: pytest.MonkeyPatch) -> list[BuyerSettings]:
    monkeypatch.setenv("POOL_PASSWORD", "pw-pool-1")
    return [person("+79161234561"), person("+79161234562")]


def test_a_buyer_is_lent_to_one_scenario_at_a_time(
    two_buyers: list[BuyerSettings], tmp_path: Path
) -> None:
    pools = [BuyerPool(two_buyers, tmp_path) for _ in range(2)]
    with pools[0].lease() as one, pools[1].lease() as other:
        assert {one.phone, other.phone} == {"+79161234561", "+79161234562"}
        assert one.password == "pw-pool-1"


def test_a_scenario_waits_for_a_free_buyer(two_buyers: list[BuyerSettings], tmp_path: Path) -> None:
    pool = BuyerPool(two_buyers[:1], tmp_path)
    got: list[Buyer] = []

    def lease() -> None:
        with BuyerPool(two_buyers[:1], tmp_path).lease() as buyer:
            got.append(buyer)

    waiting = Thread(target=lease)
    with pool.lease():
        waiting.start()
        waiting.join(0.3)
        assert not got
    waiting.join(10)
    assert got


def test_too_few_buyers_are_complained_of(two_buyers: list[BuyerSettings], tmp_path: Path) -> None:
    pool = BuyerPool(two_buyers[:1], tmp_path, patience=0.3)
    with pool.lease(), pytest.raises(TargetError, match="add buyers to the file"), pool.lease():
        pass


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


SHADOW = """<main><button>Confirm</button><div id=host></div></main><script>
document.querySelector("#host").attachShadow({mode: "open"}).innerHTML = "<p>20.00 RUB</p>"
</script>"""


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
