"""Every form and every model of the sites takes texts by the shared rules, new ones too."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from pydantic import BaseModel, ValidationError
from wtforms import StringField
from wtforms.fields.core import UnboundField

import mock_sites
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web import forms
from mock_sites.shared.web.forms import CardNumberField, SecretField, TextField
from mock_sites.shared.web.json_body import parse_json, read_json
from mock_sites.shared.web.received import CardNumber, Received

# Not received from anybody: the stack's own settings, and what a description says.
OWN_MODELS = (
    "mock_sites.shared.runtime.keys",
    "mock_sites.shared.runtime.settings",
    "mock_sites.shared.web.openapi",
)
# Fields that no page shows again, by their names.
SECRETS = ("password", "secret_key")
# What of WTForms holds no text that was typed.
HARMLESS = {"BooleanField", "Field", "Form"}
NUMBER = "4111 1111 1111 1111"
# The field that is meant to hold a card number, by the model.
CARD_FIELDS = {
    "TypedCard": ["cardNo"],
    "CardToLink": ["number"],
    "CardOfCustomer": ["number"],
    "CardOfHolder": ["number"],
    "AuthenticationBody": ["number"],
    # What is in it each control judges for itself.
    "Call": ["body"],
}


def classes(base: type) -> list[Any]:
    """Every class of the sites below ``base``, also those made inside a function."""
    for module in pkgutil.walk_packages(mock_sites.__path__, "mock_sites."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return [each for each in below(base) if each.__module__.startswith("mock_sites.")]


def below(base: type) -> Iterator[type]:
    each: type
    for each in base.__subclasses__():
        yield each
        yield from below(each)


def text_fields(form: type[FlaskForm]) -> dict[str, type]:
    fields = inspect.getmembers(form, lambda member: isinstance(member, UnboundField))
    return {
        name: field.field_class
        for name, field in fields
        if issubclass(field.field_class, StringField)
    }


@pytest.mark.parametrize("form", [pytest.param(one, id=one.__name__) for one in classes(FlaskForm)])
def test_every_text_field_of_a_form_follows_the_shared_rules(form: type[FlaskForm]) -> None:
    for name, kind in text_fields(form).items():
        assert issubclass(kind, TextField), f"{form.__name__}.{name} is a {kind.__name__}"
        meant = issubclass(kind, CardNumberField)
        assert meant == (name == "card_number"), f"{form.__name__}.{name}"
        assert issubclass(kind, SecretField) == (name in SECRETS or secret(form, name))


def secret(form: type[FlaskForm], name: str) -> bool:
    return name == "security_code" and "vault" in form.__module__


@pytest.mark.parametrize(
    "model", [pytest.param(one, id=one.__name__) for one in classes(BaseModel)]
)
def test_every_model_of_what_is_sent_follows_the_shared_rules(model: type[BaseModel]) -> None:
    if model.__module__ in OWN_MODELS or model is Received:
        return
    assert issubclass(model, Received)
    meant = [name for name, field in model.model_fields.items() if CardNumber() in field.metadata]
    assert meant == CARD_FIELDS.get(model.__name__, [])


class Sample(Received):
    """A model with texts at every depth."""

    text: str | None = None
    texts: dict[str, list[str]] = {}  # noqa: RUF012


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"text": NUMBER}, "text.card-number"),
        ({"texts": {"a": ["b", NUMBER]}}, "text.card-number"),
        ({"texts": {NUMBER: []}}, "text.card-number"),
        ({"text": "a\x00b"}, "text.unreadable"),
        ({"text": "a\N{REPLACEMENT CHARACTER}b"}, "text.unreadable"),
        ({"texts": {"a": ["\x1b"]}}, "text.unreadable"),
    ],
)
def test_a_text_that_nobody_keeps_is_rejected_at_any_depth(sent: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as rejected:
        Sample.model_validate(sent)

    assert rejected.value.errors()[0]["type"] == code
    assert NUMBER not in str(rejected.value)


@pytest.mark.parametrize("text", ["two\nlines\tand a tab", "٤٢ €", "👍", "\N{RIGHT-TO-LEFT MARK}"])
def test_other_texts_are_kept_as_they_are(text: str) -> None:
    assert Sample.model_validate({"text": text}).text == text


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"\xff",
        b'{"text": "\xff"}',
        b'{"text": "a", "text": "b"}',
        b'{"text": NaN}',
        b'{"text": Infinity}',
        b'{"text": 1.5}',
        b'{"text": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"text": "\\ud800"}',
    ],
)
def test_json_with_no_meaning_or_two_is_rejected(sent: bytes) -> None:
    with pytest.raises(ValidationError):
        read_json(Sample, sent)


def test_json_keeps_the_digits_of_a_number() -> None:
    assert parse_json(b"[1.10, 1e2, 7]") == [parse_json(b"1.10"), parse_json(b"1e2"), 7]
    assert [parse_json(each).text for each in (b"1.10", b"1e2")] == ["1.10", "1e2"]


def test_no_form_has_a_text_field_of_wtforms_itself() -> None:
    """Also not a form that is made inside a function, which the tests above do not see."""
    imported = re.compile(r"^from wtforms import (.+)$", re.MULTILINE)
    for file in Path(mock_sites.__file__).parent.rglob("*.py"):
        for names in imported.findall(file.read_text(encoding="utf-8")):
            if file != Path(forms.__file__):
                assert set(names.split(", ")) <= HARMLESS, file


def test_a_field_forgets_a_card_number_and_says_so() -> None:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="key", WTF_CSRF_ENABLED=False)
    app.extensions["wording"] = {"text.card-number": "not here", "text.unreadable": "unreadable"}
    ask = type("Ask", (FlaskForm,), {"street": TextField()})

    with app.test_request_context(method="POST", data={"street": f"Arbat {NUMBER}"}):
        form = ask()
        assert not form.validate()
        assert (form.street.data, list(form.street.errors)) == ("", ["not here"])
        assert "4111" not in str(form.street())


def test_a_field_reads_its_text_once_by_its_rule_and_shows_what_was_typed() -> None:
    read: list[str] = []

    def rule(text: str) -> int:
        read.append(text)
        if not text.strip().isdigit():
            raise Refusal("number.wrong", limit=9)
        return int(text)

    app = Flask(__name__)
    app.config.update(SECRET_KEY="key", WTF_CSRF_ENABLED=False)
    app.extensions["wording"] = {"number.wrong": "a number up to %(limit)s"}
    ask = type("Ask", (FlaskForm,), {"number": TextField(rule=rule, default=3)})

    with app.test_request_context(method="POST", data={"number": " 07 "}):
        form = ask()
        assert form.validate()
        assert (form.number.data, form.number.typed, read) == (7, " 07 ", [" 07 "])
        assert 'value=" 07 "' in str(form.number())

    with app.test_request_context(method="POST", data={"number": "six"}):
        form = ask()
        assert not form.validate()
        assert (form.number.data, list(form.number.errors)) == (None, ["a number up to 9"])
        assert 'value="six"' in str(form.number())

    # Sent without the field: the text that the form begins with counts, read like any other.
    for others in ({}, {"other": "1"}):
        with app.test_request_context(method="POST", data=others):
            form = ask()
            assert form.validate()
            assert form.number.data == 3


def test_no_rule_reads_a_text_that_cannot_be_used() -> None:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="key", WTF_CSRF_ENABLED=False)
    app.extensions["wording"] = {"text.card-number": "not here", "text.unreadable": "unreadable"}
    ask = type("Ask", (FlaskForm,), {"street": TextField(rule=pytest.fail)})

    for sent in (NUMBER, "a\x00b"):
        with app.test_request_context(method="POST", data={"street": sent}):
            form = ask()
            assert not form.validate()
            assert form.street.data is None
            assert len(form.street.errors) == 1
