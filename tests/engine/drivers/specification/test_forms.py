"""Every driver sends the same requests for the same forms."""

from __future__ import annotations

import re

import pytest

from tests.engine.drivers.specification.conftest import Tab, press
from tests.support.recording_site import RecordingSite

BUTTON = "<button>Send</button>"
MULTIPART = 'method="post" enctype="multipart/form-data"'

# The inside of a form that is posted, and the body of the request.
SENT = {
    "text": ('<input name="a" value="1"><input name="b" value="2">', "a=1&b=2"),
    "empty text": ('<input name="a">', "a="),
    "no name": ('<input value="1"><input name="" value="2">', ""),
    "spaces and signs": ('<input name="a" value="1 +&amp;=*~/">', "a=1+%2B%26%3D*%7E%2F"),
    "Arabic": ('<input name="اسم" value="٢٠">', "%D8%A7%D8%B3%D9%85=%D9%A2%D9%A0"),
    "unknown type": ('<input name="a" type="money" value="5">', "a=5"),
    "hidden": ('<input type="hidden" name="a" value="x">', "a=x"),
    "password": ('<input type="password" name="a" value="x">', "a=x"),
    "checkboxes": (
        '<input type="checkbox" name="a" value="1" checked>'
        '<input type="checkbox" name="a" value="2">'
        '<input type="checkbox" name="a" value="3" checked>'
        '<input type="checkbox" name="b" checked>',
        "a=1&a=3&b=on",
    ),
    "radio": (
        '<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>',
        "a=2",
    ),
    "two ticked radios": (
        '<input type="radio" name="a" value="1" checked>'
        '<input type="radio" name="a" value="2" checked>',
        "a=2",
    ),
    "no radio": ('<input type="radio" name="a" value="1">', ""),
    "select": ('<select name="a"><option value="1">x<option> Two  words </select>', "a=1"),
    "text of an option": (
        '<select name="a"><option>x<option selected> Two  words </select>',
        "a=Two+words",
    ),
    "two selected": (
        '<select name="a"><option selected>1<option selected>2<option>3</select>',
        "a=2",
    ),
    "first option is disabled": (
        '<select name="a"><option disabled>1<option>2</select>',
        "a=2",
    ),
    "placeholder option": (
        '<select name="a"><option value="" disabled selected>Choose<option>2</select>',
        "",
    ),
    "select multiple": (
        '<select name="a" multiple><option selected>1<option>2<option selected>3</select>',
        "a=1&a=3",
    ),
    "select of size 2": ('<select name="a" size="2"><option>1<option>2</select>', ""),
    "textarea": ('<textarea name="a">\n\none\ntwo\n</textarea>', "a=%0D%0Aone%0D%0Atwo%0D%0A"),
    "disabled": (
        '<input name="a" value="1" disabled><select name="b" disabled><option>1</select>'
        '<textarea name="c" disabled>x</textarea><input name="d" value="4" readonly>',
        "d=4",
    ),
    "fieldset": (
        '<fieldset disabled><legend><input name="a" value="1"></legend>'
        '<input name="b" value="2"></fieldset><input name="c" value="3">',
        "a=1&c=3",
    ),
    "nested fieldsets": (
        "<fieldset disabled><legend><fieldset><input name='a' value='1'></fieldset></legend>"
        "<fieldset><legend><input name='b' value='2'></legend></fieldset></fieldset>",
        "a=1",
    ),
    "buttons that are not pressed": (
        '<button name="a" value="1">Other</button><input type="submit" name="b" value="Another">'
        '<input type="button" name="c" value="d"><input type="reset" name="e" value="f">',
        "",
    ),
    "control of another form": ('<input name="a" value="1" form="other">', ""),
    "line breaks in a hidden field": (
        '<input type="hidden" name="a" value="1&#10;2&#13;3">',
        "a=1%0D%0A2%0D%0A3",
    ),
    "number": ('<input type="number" name="a" value="1.50">', "a=1.50"),
    "not a number": ('<input type="number" name="a" value="x">', "a="),
    "e-mail with spaces": ('<input type="email" name="a" value=" a@b.c ">', "a=a%40b.c"),
    "maximum length": ('<input name="a" maxlength="2" value="123">', "a=123"),
}
# Forms whose button stops them, with the words of the label that is filled in to send it.
STOPPED = {
    "required text": '<label>A <input name="a" required></label>',
    "required textarea": '<label>A <textarea name="a" required></textarea></label>',
    "pattern": '<label>A <input name="a" value="1" pattern="x"></label>',
    "e-mail": '<label>A <input type="email" name="a" value="x@" required></label>',
    "small number": '<label>A <input type="number" name="a" value="1" min="2"></label>',
    "large number": '<label>A <input type="number" name="a" value="9" max="2"></label>',
    "required box": '<input type="checkbox" name="a" required>',
    "required radio": '<input type="radio" name="a" required><input type="radio" name="a">',
    "required choice": '<select name="a" required><option value="">-<option>1</select>',
}
NOT_STOPPED = {
    "disabled": '<input name="a" required disabled>',
    "read-only": '<input name="a" required readonly>',
    "hidden": '<input type="hidden" name="a" required>',
    "empty pattern": '<input name="a" pattern="x">',
    "pattern of a number": '<input type="number" name="a" value="1" pattern="x">',
    "other radio": '<input type="radio" name="a" required><input type="radio" name="a" checked>',
    "choice of a list": (
        '<select name="a" required size="2"><option value="" selected>1<option>2</select>'
    ),
}


def show(tab: Tab, site: RecordingSite, body: str, path: str = "/form") -> Tab:
    """Open a page with this body; forms lead to ``/sent``."""
    site.serve(path, f'<!doctype html><meta charset="utf-8"><title>Form</title><main>{body}')
    site.serve("/sent", "<h1>Sent</h1>")
    tab.goto(site.url(path))
    return tab


def form(inside: str, attributes: str = 'method="post"') -> str:
    """A form whose button is called Send."""
    return f'<form action="/sent" {attributes}>{inside}{BUTTON}</form>'


@pytest.mark.parametrize("case", SENT)
def test_a_form_sends_its_controls(fresh: Tab, site: RecordingSite, case: str) -> None:
    inside, body = SENT[case]
    press(show(fresh, site, form(inside) + '<form id="other"></form>'), "Send")
    assert site.last.line == "POST /sent"
    assert site.last.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert site.last.body == body


def test_what_the_buyer_types_and_chooses_is_sent(fresh: Tab, site: RecordingSite) -> None:
    inside = """
        <label>Name <input name="name" value="old"></label>
        <label>Note <textarea name="note"></textarea></label>
        <label>City <select name="city"><option value="m">Moscow<option>Cairo</select></label>
        <label>News <input type="checkbox" name="news"></label>
        <label>Rules <input type="checkbox" name="rules" checked></label>
        <label>Card <input type="radio" name="by" value="card" checked></label>
        <label>Cash <input type="radio" name="by" value="cash"></label>"""
    tab = show(fresh, site, form(inside))
    tab.get_by_label("Name").fill("آنا ن")
    tab.get_by_label("Note").fill("one\ntwo")
    tab.get_by_label("City").select_option("Cairo")
    tab.get_by_label("News").check()
    tab.get_by_label("Rules").uncheck()
    tab.get_by_label("Cash").check()
    press(tab, "Send")
    assert site.last.body == (
        "name=%D8%A2%D9%86%D8%A7+%D9%86&note=one%0D%0Atwo&city=Cairo&news=on&by=cash"
    )


def test_a_press_ticks_boxes_and_their_labels_do(fresh: Tab, site: RecordingSite) -> None:
    inside = """
        <input type="checkbox" name="a" id="a"><label for="a">First</label>
        <label><input type="checkbox" name="b" checked> Second</label>
        <label><span>Third</span> <input type="radio" name="c"></label>"""
    tab = show(fresh, site, form(inside))
    tab.locator("#a").click()
    tab.get_by_text("Second").click()
    tab.get_by_text("Third").click()
    press(tab, "Send")
    assert site.last.body == "a=on&c=on"
    tab.go_back()
    tab.get_by_text("First").click()


def test_no_more_is_typed_than_fits_into_a_field(fresh: Tab, site: RecordingSite) -> None:
    inside = '<label>A <input name="a"></label><label>B <input name="b" maxlength="3"></label>'
    tab = show(fresh, site, form(inside))
    tab.get_by_label("A").fill("1\n2")
    tab.get_by_label("B").fill("1234")
    press(tab, "Send")
    assert site.last.body == "a=1+2&b=123"


BUTTONS = {
    "named button": ('<button name="b" value="v">Pay</button>', "b=v"),
    "button without a value": ('<button name="b">Pay</button>', "b="),
    "input": ('<input type="submit" name="b" value="Pay">', "b=Pay"),
    "nameless button": ('<button value="v">Pay</button>', ""),
    "wrong type": ('<button type="pay" name="b" value="v">Pay</button>', "b=v"),
    "picture": ('<input type="image" name="b" alt="Pay">', "b.x=0&b.y=0"),
    "nameless picture": ('<input type="image" alt="Pay">', "x=0&y=0"),
}


@pytest.mark.parametrize("case", BUTTONS)
def test_the_pressed_button_is_sent_in_its_place(
    fresh: Tab, site: RecordingSite, case: str
) -> None:
    button, body = BUTTONS[case]
    inside = f'<input name="a" value="1">{button}<input name="z" value="2">'
    press(show(fresh, site, form(inside)), "Pay")
    # A picture tells where it was pressed. Only a browser knows where that is.
    sent = re.sub(r"([xy])=\d+", r"\1=0", site.last.body)
    assert sent == "&".join(filter(None, ["a=1", body, "z=2"]))


@pytest.mark.parametrize("case", STOPPED)
def test_an_invalid_control_stops_the_form(fresh: Tab, site: RecordingSite, case: str) -> None:
    tab = show(fresh, site, form(STOPPED[case]))
    press(tab, "Send")
    assert tab.url == site.url("/form")
    assert site.lines() == ["GET /form"]


@pytest.mark.parametrize("attributes", ['method="post" novalidate', 'method="post"'])
def test_validation_can_be_left_out(fresh: Tab, site: RecordingSite, attributes: str) -> None:
    inside = '<input name="a" required><button formnovalidate>Save</button>'
    press(show(fresh, site, form(inside, attributes)), "Send" if "nov" in attributes else "Save")
    assert site.last.body == "a="


@pytest.mark.parametrize("case", NOT_STOPPED)
def test_a_valid_control_stops_no_form(fresh: Tab, site: RecordingSite, case: str) -> None:
    press(show(fresh, site, form(NOT_STOPPED[case])), "Send")
    assert site.last.line == "POST /sent"


def test_a_filled_field_no_longer_stops_the_form(fresh: Tab, site: RecordingSite) -> None:
    tab = show(fresh, site, form(STOPPED["required text"]))
    press(tab, "Send")
    tab.get_by_label("A").fill("x")
    press(tab, "Send")
    assert site.last.body == "a=x"


def test_a_control_outside_names_its_form(fresh: Tab, site: RecordingSite) -> None:
    tab = show(
        fresh,
        site,
        '<input name="a" value="1" form="f"><form id="f" action="/sent" method="post">'
        '<input name="b" value="2"></form><input name="c" value="3" form="f">'
        '<input name="d" value="4"><button form="f" name="e" value="5">Send</button>',
    )
    press(tab, "Send")
    assert site.last.body == "a=1&b=2&c=3&e=5"


ACTIONS = {
    "GET replaces the query": ('action="/sent?old=1#part"', "", "GET", "/sent?a=1#part"),
    "POST keeps the query": ('action="/sent?old=1" method="post"', "", "POST", "/sent?old=1"),
    "relative": ('action="sent" method="post"', "", "POST", "/sent"),
    "formaction": (
        'action="/other" method="post"',
        'formaction="/sent?x=2"',
        "POST",
        "/sent?x=2",
    ),
    "formmethod": ('action="/sent"', 'formmethod="post"', "POST", "/sent"),
    "unknown method": ('action="/sent" method="put"', "", "GET", "/sent?a=1"),
    "no action": ("", "", "GET", "/form?a=1"),
    "empty action, POST": ('action="" method="post"', "", "POST", "/form?kept=1"),
}


@pytest.mark.parametrize("case", ACTIONS)
def test_a_form_goes_where_it_or_its_button_says(
    fresh: Tab, site: RecordingSite, case: str
) -> None:
    attributes, of_button, method, path = ACTIONS[case]
    show(fresh, site, f'<form {attributes}><input name="a" value="1"><button {of_button}>Send')
    fresh.goto(site.url("/form?kept=1"))
    press(fresh, "Send")
    assert site.last.method == method
    assert fresh.url == site.url(path)


def test_a_base_address_is_where_relative_ones_begin(fresh: Tab, site: RecordingSite) -> None:
    site.serve("/deep/sent", "<h1>Sent</h1>")
    press(show(fresh, site, '<base href="/deep/"><form action="sent"><button>Send'), "Send")
    assert fresh.url == site.url("/deep/sent?")


def test_multipart_forms_are_sent_in_parts(fresh: Tab, site: RecordingSite) -> None:
    inside = """<input name='a "quoted"' value="1"><textarea name="text">one\ntwo</textarea>
        <input name="имя" value="Анна">"""
    press(show(fresh, site, form(inside, MULTIPART)), "Send")
    kind, _, boundary = site.last.headers["Content-Type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    parts = site.last.body.replace(boundary, "B").split("--B\r\n")
    assert parts == [
        "",
        'Content-Disposition: form-data; name="a %22quoted%22"\r\n\r\n1\r\n',
        'Content-Disposition: form-data; name="text"\r\n\r\none\r\ntwo\r\n',
        'Content-Disposition: form-data; name="имя"\r\n\r\nАнна\r\n--B--\r\n',
    ]


def test_an_empty_file_is_sent_as_an_empty_value(fresh: Tab, site: RecordingSite) -> None:
    press(show(fresh, site, form('<input type="file" name="a">')), "Send")
    assert site.last.body == "a="


def test_a_reset_takes_back_what_was_typed(fresh: Tab, site: RecordingSite) -> None:
    inside = """<label>Name <input name="a" value="old"></label>
        <label>Box <input type="checkbox" name="b" checked></label>
        <label>City <select name="c"><option>1<option selected>2</select></label>
        <textarea name="d">note</textarea><input type="reset" value="Undo">"""
    other = '<label>Kept <input name="k" form="other"></label><form id="other"></form>'
    tab = show(fresh, site, form(inside) + other)
    tab.get_by_label("Kept").fill("kept")
    tab.get_by_label("Name").fill("new")
    tab.get_by_label("Box").uncheck()
    tab.get_by_label("City").select_option("1")
    tab.locator("textarea").fill("")
    press(tab, "Undo")
    assert tab.get_by_label("Kept").input_value() == "kept"
    press(tab, "Send")
    assert site.last.body == "a=old&b=on&c=2&d=note"
