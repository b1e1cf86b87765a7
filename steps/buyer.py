"""What a buyer does on whichever page is open, and what anybody sees there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_bdd import given, then, when

from checkout_conformance.drivers.site import Site
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from .controls import Controls
from .pages.flows import sign_in
from .words import Money, sentence

SOMETHING = re.compile(r"\S")


@pytest.fixture
def site(page: Page, target: Target) -> Site:
    """The page that the buyer looks at, whichever site it is of."""
    return Site.on(page, target)


@given(sentence("{span:Span} have passed"))
@when(sentence("{span:Span} have passed"))
@when(sentence("تمضي {span:Span}"))
@given(sentence("أنه قد مضت {span:Span}"))
def time_passes(controls: Controls, span: timedelta) -> None:
    controls.advance_clock(span.total_seconds())


@given(sentence('the buyer has pressed "{label}"'))
@given(sentence("أن المشتري ضغط «{label:Label}»"))
@when(sentence('the buyer presses "{label}"'))
@when(sentence("يضغط المشتري «{label:Label}»"))
def press(site: Site, label: str) -> None:
    site.press(label)


@given(sentence('the buyer has pressed "{label}" and waited {span:Span}'))
@given(sentence("أن المشتري ضغط «{label:Label}» وانتظر {span:Span}"))
def press_and_wait(site: Site, controls: Controls, label: str, span: timedelta) -> None:
    site.press(label)
    controls.advance_clock(span.total_seconds())


@when(sentence('the buyer presses "{label}" twice at once'))
@when(sentence("يضغط المشتري «{label:Label}» ضغطة مزدوجة"))
def press_twice(site: Site, label: str) -> None:
    site.press_twice(label)


@when("the buyer leaves and comes back")
@when("يغادر المشتري ثم يعود")
def leave_and_come_back(site: Site) -> None:
    site.leave_and_come_back()


@when("the buyer signs in again")
@when("يسجّل المشتري الدخول من جديد")
def sign_in_again(site: Site, buyer: Buyer) -> None:
    sign_in(site, buyer.phone, buyer.password)


@when(sentence('the buyer fills in "{label}" with "{value}"'))
@when(sentence("يملأ المشتري الحقل «{label:Label}» بالقيمة «{value}»"))
def fill_in(site: Site, label: str, value: str) -> None:
    site.fill_in(label, value)


@when("the buyer goes back")
@when("يعود المشتري إلى الصفحة السابقة")
def go_back(page: Page) -> None:
    page.go_back()


@when(sentence('the buyer changes the address of the page from "{old}" to "{new}"'))
@when(sentence("يغيّر المشتري «{old}» في عنوان الصفحة إلى «{new}»"))
def change_address(page: Page, old: str, new: str) -> None:
    page.goto(page.url.replace(f"/{old}", f"/{new}"))


@then(sentence('the button "{label}" cannot be pressed'))
@then(sentence("لا يمكن ضغط الزر «{label:Label}»"))
def cannot_be_pressed(site: Site, label: str) -> None:
    expect(site.control(label)).to_be_disabled()


@then(sentence('the button "{label}" can be pressed'))
@then(sentence("يمكن ضغط الزر «{label:Label}»"))
def can_be_pressed(site: Site, label: str) -> None:
    expect(site.control(label)).to_be_enabled()


@then(sentence('the page shows "{text}"'))
@then(sentence("تعرض الصفحة «{text}»"))
def page_shows_text(site: Site, text: str) -> None:
    words = site.target.words(text)
    expect(site.main.get_by_text(words, exact=True).first).to_be_visible()


@then(sentence('the page says "{words}"'))
@then(sentence("تقول الصفحة «{words:Label}»"))
def page_says(site: Site, target: Target, words: str) -> None:
    expect(site.main).to_contain_text(target.label(words))


@then(sentence("the page shows {money:Money}"))
@then(sentence("تعرض الصفحة المبلغ {money:Money}"))
def page_shows_money(site: Site, money: Money) -> None:
    expect(site.main.get_by_text(money.on_page).first).to_be_visible()


@then(sentence('"{label}" is marked as wrong, with the reason beside it'))
@then(sentence("يُعلَّم الحقل «{label:Label}» بأنه خاطئ، ويظهر السبب بجانبه"))
def marked_as_wrong(site: Site, label: str) -> None:
    field = site.field(label)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(SOMETHING)


@then(sentence('"{label}" still holds "{value}"'))
@then(sentence("تبقى في الحقل «{label:Label}» القيمة «{value}»"))
def still_holds(site: Site, label: str, value: str) -> None:
    expect(site.field(label)).to_have_value(value)
