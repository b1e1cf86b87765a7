"""The sentences of walk.feature, for behave."""

from typing import Any

from behave import step


@step("a buyer with 1000.00 RUB in the wallet")
def has_wallet(context: Any) -> None:
    assert context.walk


@step("the buyer is signed in to the wallet")
def sign_in(context: Any) -> None:
    context.walk.sign_in()


@step('the buyer opens "{label}" in the menu')
def open_in_menu(context: Any, label: str) -> None:
    context.walk.open_in_menu(label)


@step("the wallet shows what can be paid, by category")
def sees_categories(context: Any) -> None:
    context.walk.sees_categories()


@step('the buyer chooses the category "{caption}"')
@step('the buyer opens the tile with the logo and the caption "{caption}"')
def open_tile(context: Any, caption: str) -> None:
    context.walk.open_tile(caption)


@step('the wallet offers "{group}"')
def is_offered(context: Any, group: str) -> None:
    context.walk.is_offered(group)


@step('the wallet shows the page "{title}"')
def is_on_page(context: Any, title: str) -> None:
    context.walk.is_on_page(title)


@step('the buyer fills in "{label}" with "{value}"')
def fill_in(context: Any, label: str, value: str) -> None:
    context.walk.fill_in(label, value)


@step('the buyer presses "{label}"')
def press(context: Any, label: str) -> None:
    context.walk.press(label)


@step('the page shows "{text}"')
def sees(context: Any, text: str) -> None:
    context.walk.sees(text)


@step("the page shows {amount} RUB")
def sees_money(context: Any, amount: str) -> None:
    context.walk.sees_money(amount)


@step("nothing has been paid")
def has_in_another_tab(context: Any) -> None:
    context.walk.has_in_another_tab("1000.00")


@step("a message with a code has arrived on the phone")
def has_got_code(context: Any) -> None:
    context.walk.has_got_code()


@step('the button "{label}" cannot be pressed')
def cannot_press(context: Any, label: str) -> None:
    context.walk.cannot_press(label)


@step("the buyer enters the code from the message")
def enter_code(context: Any) -> None:
    context.walk.enter_code()


@step('the receipt shows {amount} RUB for "{payee}"')
def has_receipt(context: Any, amount: str, payee: str) -> None:
    context.walk.has_receipt(amount, payee)


@step("the wallet holds {amount} RUB")
def holds(context: Any, amount: str) -> None:
    context.walk.holds(amount)
