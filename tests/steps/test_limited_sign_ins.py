"""A shop that allows few sign-ins: the page objects of a run sign a buyer in once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.expectations import PreconditionFailed
from checkout_conformance.people import Buyer
from checkout_conformance.safety.press_guard import PressGuard
from checkout_conformance.safety.run_record import RunRecord
from checkout_conformance.safety.side_effects import SideEffects
from checkout_conformance.safety.spending_limit import SpendingLimit
from checkout_conformance.targets.target import Target
from steps.pages.shop import Shop
from steps.support.kept_sessions import KeptSessions
from tests.support.stub_site import QuietHandler, serving

ANN = Buyer("Ann Lee", "+79161234567", "pw-limited-1")
FORM = b"""<main><form method="post"><label>Phone number <input name="phone"></label>
<label>Password <input type="password" name="password"></label><button>Sign in</button></form>
</main>"""


class LimitedShop:
    """Lets somebody in ``allowed`` times, then answers 429 for a quarter of an hour."""

    def __init__(self) -> None:
        self.url = ""
        self.allowed = 1
        self.sign_ins = 0


@pytest.fixture
def site() -> Iterator[LimitedShop]:
    site = LimitedShop()

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            known = "session=" in self.headers.get("Cookie", "")
            self._send(200, b"<main><h1>Welcome</h1></main>" if known else FORM)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            site.sign_ins += 1
            if site.sign_ins > site.allowed:
                self._send(429, b"<main><p role='alert'>Too many</p></main>", "Retry-After", "900")
            else:
                self._send(200, b"<main><h1>Welcome</h1></main>", "Set-Cookie", "session=1; Path=/")

        def _send(self, status: int, body: bytes, *header: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            if header:
                self.send_header(*header)
            self.end_headers()
            self.wfile.write(body)

    with serving(Handler) as site.url:
        yield site


def shop_in_new_browser(site: LimitedShop, folder: Path) -> Shop:
    """The shop's pages as a scenario has them: with no cookie."""
    made = SideEffects(RunRecord(folder / "made.json", []))
    spent = SpendingLimit({"RUB": Decimal(0)}, RunRecord(folder / "spent.json", []))
    guard = PressGuard(spent, made)
    target = Target("team", "en", urls={"shop": site.url}, press_guard=guard, longest_wait=10)
    page: Any = HttpContext(locale="en", user_agent="test").new_page()
    return Shop(page, target)


def test_a_buyer_of_the_target_file_signs_in_once_in_three_scenarios(
    site: LimitedShop, tmp_path: Path
) -> None:
    sessions = KeptSessions({(ANN.phone, "shop")})
    for _ in range(3):
        shop = shop_in_new_browser(site, tmp_path)
        sessions.enter(shop, ANN)
        assert shop.heading.inner_text() == "Welcome"
    assert site.sign_ins == 1


def test_beyond_the_limit_a_scenario_cannot_be_tried(site: LimitedShop, tmp_path: Path) -> None:
    KeptSessions(()).enter(shop_in_new_browser(site, tmp_path), ANN)
    with pytest.raises(PreconditionFailed, match="come back after 900 s"):
        KeptSessions(()).enter(shop_in_new_browser(site, tmp_path), ANN)
