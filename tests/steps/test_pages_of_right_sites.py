"""Page objects find on other right sites, too, what the buyer presses, ticks and reads."""

from __future__ import annotations

import re

import pytest

from checkout_conformance.targets.target import Target
from steps.pages.invoices import Invoices
from steps.pages.payment import Payment
from steps.pages.shop import Shop
from steps.pages.shop_cards import ShopCards
from steps.pages.shop_mobile import ShopMobile
from steps.pages.vault import Vault
from tests.support.opened_page import Tab, opened
from tests.support.recording_site import RecordingSite

TARGET = Target("mock", "en", urls={"vault": "http://vault.localhost"})
WALLET = "Visa QIWI Wallet"
RADIOS = (
    "<label><input type=radio name=means value=qw{0}> Visa QIWI Wallet</label>"
    "<label><input type=radio name=means value=card disabled> Bank card</label>"
)
BOXES = "<fieldset><legend>Code from the message</legend>{}</fieldset>".format(
    "".join(f'<input name=digit aria-label="Digit {place}" maxlength=1>' for place in range(1, 5))
)
CART = (
    "<ul><li><input type=checkbox aria-label=Select> <a href=/tea>Black tea, 100 g</a>"
    "<form action=/no-tea><button aria-label='Delete Black tea, 100 g'>×</button></form>"
    "<li><input type=checkbox aria-label=Select> <a href=/pot>Black tea, 100 grams</a>"
    "<form action=/no-pot><button aria-label='Delete Black tea, 100 grams'>×</button></form></ul>"
)


def path_of(tab: Tab) -> str:
    return "/" + str(tab.url).partition("://")[2].partition("/")[2].partition("?")[0]


def test_a_chosen_payment_method_goes_on_to_the_page_with_pay(site: RecordingSite) -> None:
    site.serve("/pay", "<main><button>Pay</button></main>")
    tab = opened(site, f"<form action=/pay>{RADIOS.format('')}<button>Continue</button></form>")
    Invoices(tab, TARGET).press(WALLET)
    assert path_of(tab) == "/pay"
    assert "means=qw" in tab.url


def test_a_chosen_payment_method_stays_on_the_page_with_pay(site: RecordingSite) -> None:
    tab = opened(site, f"<form action=/pay>{RADIOS.format('')}<button>Pay</button></form>")
    invoices = Invoices(tab, TARGET)
    invoices.press(WALLET)
    assert path_of(tab) == "/"
    assert invoices.wallet_means.is_checked()


@pytest.mark.parametrize(("checked", "found"), [("", 0), (" checked", 1)])
def test_pay_below_the_question_pays_at_once_only_if_it_is_answered(
    site: RecordingSite, checked: str, found: int
) -> None:
    question = f"<form>{RADIOS.format(checked)}<button>Pay</button></form>"
    assert Invoices(opened(site, question), TARGET).pay_at_once.count() == found


def test_pay_beside_the_question_pays_at_once(site: RecordingSite) -> None:
    page = f"<form>{RADIOS.format('')}</form><form><button>Pay</button></form>"
    assert Invoices(opened(site, page), TARGET).pay_at_once.count() == 1


def test_a_code_is_typed_into_its_boxes(site: RecordingSite) -> None:
    payment = Payment(opened(site, f"<form>{BOXES}</form>"), TARGET)
    payment.enter_code("1234")
    assert [box.input_value() for box in payment.code_boxes.all()] == ["1", "2", "3", "4"]
    for code in ("123", "12345"):
        with pytest.raises(pytest.skip.Exception, match=f"{len(code)} characters"):
            payment.enter_code(code)


def test_confirm_leads_over_a_page_of_thanks_to_the_receipt(site: RecordingSite) -> None:
    site.serve("/thanks", "<main><h1>Thank you</h1><a href=/receipt>Your receipt</a></main>")
    site.serve("/receipt", "<main><article>Paid</article><a href=/>Receipt</a></main>")
    tab = opened(site, "<form action=/thanks><button>Confirm</button></form>")
    Payment(tab, TARGET).press("Confirm")
    assert path_of(tab) == "/receipt"


def test_confirm_leads_nowhere_else(site: RecordingSite) -> None:
    site.serve("/home", "<main><a href=/1>Receipt</a><a href=/2>Receipt</a></main>")
    tab = opened(site, "<form action=/home><button>Confirm</button></form>")
    Payment(tab, TARGET).press("Confirm")
    assert path_of(tab) == "/home"


def test_an_order_is_found_behind_a_page_of_thanks(site: RecordingSite) -> None:
    site.serve("/thanks", "<main><h1>Thanks</h1><a href=/7>To the order</a></main>")
    site.serve("/7", "<main><div role=status aria-label='Order status'>Paid</div></main>")
    tab = opened(site, "<form action=/thanks><button>Confirm order</button></form>")
    Shop(tab, TARGET).press("Confirm order")
    assert path_of(tab) == "/7"


def test_a_checkout_that_is_refused_is_not_left(site: RecordingSite) -> None:
    site.serve("/again", "<main><button>Confirm order</button><a href=/7>The order</a></main>")
    tab = opened(site, "<form action=/again><button>Confirm order</button></form>")
    Shop(tab, TARGET).press("Confirm order")
    assert path_of(tab) == "/again"


@pytest.mark.parametrize("value", ["night_owl_42", " night_owl_42 "])
def test_a_field_that_cannot_be_changed_shows_its_value(site: RecordingSite, value: str) -> None:
    tab = opened(site, f"<input readonly value='{value}'><input readonly value='RUB 150.00'>")
    payment = Payment(tab, TARGET)
    assert payment.shown("night_owl_42").first.is_visible()
    assert payment.shown(re.compile(r"150\.00")).first.is_visible()


def test_a_field_that_can_be_changed_shows_nothing(site: RecordingSite) -> None:
    payment = Payment(opened(site, "<input value='night_owl_42'>"), TARGET)
    assert payment.shown("night_owl_42").count() == 0


def test_a_tick_belongs_to_the_product_of_its_row(site: RecordingSite) -> None:
    shop = Shop(opened(site, CART), TARGET)
    shop.tick("Black tea, 100 g")
    boxes = shop.main.get_by_role("checkbox").all()
    assert [box.is_checked() for box in boxes] == [True, False]
    assert shop.line("Felt slippers").count() == 0


def test_a_product_is_removed_in_whatever_words(site: RecordingSite) -> None:
    site.serve("/no-tea", "<main>Gone</main>")
    tab = opened(site, CART)
    shop = Shop(tab, TARGET)
    shop.follow(shop.removal_of("Black tea, 100 g"))
    assert path_of(tab) == "/no-tea"


def test_a_block_may_be_named_by_what_folds_it(site: RecordingSite) -> None:
    block = "<details><summary>Payment methods <b>Visa</b></summary><p>Card</p></details>"
    cards = ShopCards(opened(site, block), TARGET)
    assert cards.block("Payment methods").is_visible()
    assert not cards.main.get_by_text("Card", exact=True).is_visible()
    cards.open_block("Payment methods")
    assert cards.main.get_by_text("Card", exact=True).is_visible()


def test_account_may_stand_on_a_page_of_my_alipay(site: RecordingSite) -> None:
    site.serve("/alipay", "<main><h1>My Alipay</h1><a href=/leave>Account</a></main>")
    site.serve("/leave", "<main><h1>Notice</h1></main>")
    tab = opened(site, "<aside><a href=/alipay>My Alipay</a></aside>")
    ShopCards(tab, TARGET).press_below("My Alipay", "Account")
    assert path_of(tab) == "/leave"


def test_account_below_another_heading_is_not_taken(site: RecordingSite) -> None:
    tab = opened(site, "<aside aria-label=Payments><a href=/leave>Account</a></aside>")
    cards = ShopCards(tab, TARGET)
    assert cards.control_in(cards.part("My Alipay"), "Account").count() == 0


def test_the_notice_of_leaving_says_in_whatever_words_where_it_leads(site: RecordingSite) -> None:
    vault = TARGET.url("vault")
    notice = f"<a href='{vault}'>Yes, open it</a><a href='/profile'>No</a>"
    cards = ShopCards(opened(site, notice), TARGET)
    assert cards.way_out.get_attribute("href") == vault
    assert ShopCards(opened(site, "<a href='/profile'>No</a>"), TARGET).way_out.count() == 0


@pytest.mark.parametrize(
    "switch",
    [
        "<a href=/ru>Русский</a>",
        "<a href=/ru title=Русский>RU</a>",
        "<a href=/ru hreflang=ru>RU</a>",
    ],
)
def test_a_language_is_found_by_its_name_or_its_code(site: RecordingSite, switch: str) -> None:
    site.serve("/ru", "<main>По-русски</main>")
    tab = opened(site, f"<nav>{switch}<a href=/en hreflang=en>EN</a></nav>")
    Vault(tab, TARGET).switch_language("Русский")
    assert path_of(tab) == "/ru"


def test_add_new_card_may_be_chosen(site: RecordingSite) -> None:
    site.serve("/card", "<main>Card number</main>")
    choices = "<label><input type=radio name=means value=1 checked>Visa 1111</label>"
    choices += "<label><input type=radio name=means value=new>Add new card</label>"
    tab = opened(site, f"<form action=/card>{choices}<button>Pay now</button></form>")
    ShopMobile(tab, TARGET).press("Add new card")
    assert path_of(tab) == "/card"
    assert "means=new" in tab.url


@pytest.mark.parametrize(
    ("more", "only"),
    [
        ("", True),
        ("<label><input type=radio name=payment>Card</label>", False),
        ("<button>Confirm order</button>", False),
    ],
)
def test_a_page_of_a_card_asks_for_nothing_else(site: RecordingSite, more: str, only: bool) -> None:
    tab = opened(site, f"<form><label>Card number <input></label>{more}</form>")
    assert ShopCards(tab, TARGET).asks_only_for_card() is only


def test_the_password_may_be_asked_for_on_the_next_page(site: RecordingSite) -> None:
    site.serve(
        "/next",
        "<main><form action=/home><label>Password <input name=p></label>"
        "<button>Sign in</button></form></main>",
    )
    site.serve("/home", "<main>Home</main>")
    form = "<label>Phone number <input name=phone></label><button>Next</button>"
    tab = opened(site, f"<form action=/next>{form}</form>")
    Vault(tab, TARGET).sign_in("+79160000001", "secret")
    assert path_of(tab) == "/home"
    assert "p=secret" in tab.url


@pytest.mark.parametrize(("mark", "found"), [(" checked", 1), ("", 0)])
def test_a_chosen_radio_button_marks_the_main_card(
    site: RecordingSite, mark: str, found: int
) -> None:
    rows = f"<tr><td>Visa 1111<td><input type=radio{mark}><tr><td>Visa 4242<td><input type=radio>"
    assert Vault(opened(site, f"<table>{rows}</table>"), TARGET).main_card.count() == found


def test_of_radio_buttons_that_are_all_called_main_card_the_chosen_one_marks_it(
    site: RecordingSite,
) -> None:
    named = "<label><input type=radio{}><span>Main card</span></label>"
    rows = f"<tr><td>Visa 1111<td>{named.format('')}<tr><td>Visa 4242<td>{named.format(' checked')}"
    vault = Vault(opened(site, f"<table>{rows}</table>"), TARGET)
    assert vault.main_card_marks.count() == 1
    assert "4242" in vault.main_card.inner_text()


@pytest.mark.parametrize(
    ("first", "nothing"), [("", True), ("<input type=checkbox aria-label=Choose>", False)]
)
def test_cards_may_be_deleted_one_by_one(site: RecordingSite, first: str, nothing: bool) -> None:
    rows = f"<tr><td>{first}<td>Visa 1111<td><a href=/ask>Delete</a>"
    assert Vault(opened(site, f"<table>{rows}</table>"), TARGET).has_nothing_to_tick() is nothing


def test_a_list_of_some_invoices_leads_to_all(site: RecordingSite) -> None:
    site.serve("/all", "<main>All</main>")
    tab = opened(site, "<a href=/unpaid>To be paid</a><a href=/all>All</a>")
    Invoices(tab, TARGET).show_all()
    assert path_of(tab) == "/all"


def test_a_product_that_a_target_lacks_does_not_keep_the_shop_from_its_pages(
    site: RecordingSite,
) -> None:
    target = Target("team", "en", lacks=frozenset({"Porcelain teapot", "My orders"}))
    shop = Shop(opened(site, CART), target)
    assert shop.cart_lines.count() == 1
    shop.show_order()


def test_a_product_is_taken_out_by_one_press(site: RecordingSite) -> None:
    cart = (
        "<nav><a href=/>Cart</a></nav><section><h2>Reading lamp</h2>"
        "<form action=/less><button aria-label='Remove Reading lamp'>Remove</button></form>"
        "</section>"
    )
    site.serve("/less", f"<main><h1>Cart</h1>{cart}</main>")
    shop = Shop(opened(site, cart), Target("mock", "en", urls={"shop": site.url()}))
    shop.take_out_of_cart("Reading lamp")
    assert [asked.path for asked in site.requests].count("/less") == 1
