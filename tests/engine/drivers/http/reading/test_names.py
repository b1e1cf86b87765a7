"""Names, labels and states follow what the buyer types, chooses and opens."""

from __future__ import annotations

import pytest

from checkout_conformance.drivers.http.dom import Document, Element
from checkout_conformance.drivers.http.form_controls import selected_options
from checkout_conformance.drivers.http.reading.labels import labelled_control, labels_of
from checkout_conformance.drivers.http.reading.names import accessible_name
from checkout_conformance.drivers.http.reading.rendered_text import rendered_text
from checkout_conformance.drivers.http.reading.states import is_editable
from checkout_conformance.drivers.http.reading.visibility import (
    hidden_elements_count,
    is_exposed,
    is_visible,
)


def only(document: Document, css: str) -> Element:
    (element,) = document.select(css)
    return element


def test_a_name_contains_what_is_typed_and_chosen_now() -> None:
    page = Document(
        "<label>Every <input id=days value=3> days, <select><option>early<option>late</select>"
        "<input id=reminds type=checkbox></label><label for=reminds>Remind <input value=1></label>"
        "<label for=reminds>every <input class=days value=3>"
        " days, <select><option>early<option>late</select></label>"
    )
    reminds = only(page, "#reminds")
    assert accessible_name(reminds, page) == "Remind 1 every 3 days, early"
    only(page, ".days").value = "5"
    page.select("option")[3].checked = True
    assert accessible_name(reminds, page) == "Remind 1 every 5 days, late"


def test_opened_details_show_their_content() -> None:
    page = Document("<details><summary>More</summary>Text <button>Pay</button></details>")
    details, button = only(page, "details"), only(page, "button")
    assert not is_visible(button)
    assert not is_exposed(button)
    assert rendered_text(details) == "More"
    details.attributes["open"] = ""
    assert is_visible(button)
    assert is_exposed(button)
    assert rendered_text(details) == "More\nText Pay"


def test_labels_are_elements_in_document_order() -> None:
    page = Document(
        "<p id=by>By</p><label for=a>one</label><label><input id=a>two</label>"
        "<input id=b aria-labelledby='by missing'>"
    )
    assert [one.text() for one in labels_of(only(page, "#a"), page)] == ["one", "two"]
    assert [one.text() for one in labels_of(only(page, "#b"), page)] == ["By"]
    assert labels_of(only(page, "#by"), page) == []


@pytest.mark.parametrize(
    ("label", "control"),
    [
        ("<label for=b>x <input id=a></label><input id=b>", "b"),
        ("<label>x <input type=hidden> <b><input id=a></b> <input id=b></label>", "a"),
        ("<label for=missing>x <input id=a></label>", None),
        ("<label for=a>x</label><p id=a></p>", None),
    ],
)
def test_a_label_is_for_one_control(label: str, control: str | None) -> None:
    page = Document(label)
    found = labelled_control(only(page, "label"), page)
    assert (found and found.get("id")) == control


@pytest.mark.parametrize(
    ("select", "chosen"),
    [
        ("<select><option>a<option>b</select>", ["a"]),
        ("<select><option disabled>a<option>b</select>", ["b"]),
        ("<select><optgroup disabled><option>a</optgroup><option>b</select>", ["b"]),
        ("<select><option selected>a<option selected>b</select>", ["b"]),
        ("<select multiple><option selected>a<option selected>b</select>", ["a", "b"]),
        ("<select multiple><option>a</select>", []),
        ("<select size=2><option>a</select>", []),
        ("<select></select>", []),
    ],
)
def test_a_select_has_the_options_that_a_browser_chooses(select: str, chosen: list[str]) -> None:
    found = selected_options(only(Document(select), "select"))
    assert [option.text() for option in found] == chosen


@pytest.mark.parametrize(
    ("control", "editable"),
    [
        ("<input id=it>", True),
        ("<input id=it readonly>", False),
        ("<input id=it disabled>", False),
        ("<div id=it role=textbox aria-readonly=true>x</div>", False),
        ("<div id=it role=textbox>x</div>", True),
        ("<div contenteditable><p id=it>x</p></div>", True),
    ],
)
def test_a_control_is_editable_unless_it_is_off_or_read_only(control: str, editable: bool) -> None:
    assert is_editable(only(Document(control), "#it")) is editable


@pytest.mark.parametrize("text", ["<p id=it>x</p>", "<p id=it contenteditable=false>x</p>"])
def test_nobody_can_ask_whether_a_text_is_editable(text: str) -> None:
    with pytest.raises(ValueError, match="<p> is no control"):
        is_editable(only(Document(text), "#it"))


def test_hidden_elements_have_a_role_and_a_name_while_they_count() -> None:
    page = Document("<div hidden><button>Pay</button></div>")
    button = only(page, "button")
    with hidden_elements_count():
        assert is_exposed(button)
        assert accessible_name(button, page) == "Pay"
        assert not is_visible(button)
    assert not is_exposed(button)
