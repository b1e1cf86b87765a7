"""The fields that every form of the sites is made of.

A form of a site uses these and no fields of WTForms that hold text: a test walks all forms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from wtforms import Field, Form, SelectField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput, PasswordInput, html_params

from ..values.cards import Card
from ..values.refusal import Refusal
from ..values.text_rules import refuse_unreadable, refuse_unusable
from .wording import words_for


class RuledField(Field):
    """A field that a rule of the domain reads: the value, or the words of the Refusal beside it.

    ``rule`` takes the text that was typed. Once the form is validated, ``data`` is what the rule
    returned, None if it raised Refusal. ``typed`` is always the text, to be shown again. A form
    may set the rule of its field later, if the rule needs more than the text. Without a rule
    ``data`` is the text.
    """

    rule: Callable[[str], object] | None = None
    typed = ""

    def __init__(
        self, label: Any = None, rule: Callable[[str], object] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.rule = rule

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Take the text that was sent, else the one that the form begins with."""
        super().process(*args, **kwargs)
        self.typed = "" if self.data is None else str(self.data)

    def pre_validate(self, form: Any) -> None:
        """Read the text by the rule; no text that could not be used is read."""
        if self.rule is not None:
            self.data = None
        if self.process_errors:
            raise StopValidation
        super().pre_validate(form)
        if self.rule is not None:
            self.data = self._read(self.rule)

    def _read(self, rule: Callable[[str], object]) -> object:
        try:
            return rule(self.typed)
        except Refusal as refusal:
            raise StopValidation(words_for(refusal)) from refusal


class ListBox:
    """The widget of a list box, written once for the same choices: of countries there are 250."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        """Return the HTML of the list box, with the field's text chosen."""
        attributes = html_params(name=field.name, **{"id": field.id, **kwargs})
        options = _options(tuple(field.choices), str(field.data))
        return Markup("<select {}>{}</select>").format(Markup(attributes), options)


@lru_cache(64)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> Markup:
    written = Markup('<option{} value="{}">{}</option>').format
    chooses = Markup(" selected")
    return Markup("").join(
        written(chooses if value == chosen else "", value, label) for value, label in choices
    )


class ChoiceField(RuledField, SelectField):
    """One of several choices; the rule says whether there is such a one."""

    widget = ListBox()


class TextField(RuledField, StringField):
    """One line of text. A card number in it is rejected, not kept and not shown again."""

    # What the rule returns; the text if there is no rule.
    data: Any
    refuse = staticmethod(refuse_unusable)

    def _value(self) -> str:
        return self.typed if self.rule is not None else str(self.data or "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was sent; forget a card number, and say beside the field what is wrong."""
        super().process_formdata(valuelist)
        try:
            self.refuse(str(self.data or ""))
        except Refusal as refusal:
            if refusal.code == "text.card-number":
                self.data, self.raw_data = "", []
            raise ValueError(words_for(refusal)) from None

    @property
    def was_unusable(self) -> bool:
        """Whether a text was sent that is not kept."""
        return bool(self.process_errors)


class HiddenTextField(TextField):
    """A text that the page sends back, under the same rules as one that is typed."""

    widget = HiddenInput()


class CardNumberField(TextField):
    """The one field in which a card number is meant."""

    refuse = staticmethod(refuse_unreadable)


class SecretField(TextField):
    """A text that no page shows again, such as a password: it only has to be readable."""

    widget = PasswordInput()
    refuse = staticmethod(refuse_unreadable)


def card_of(form: Form) -> Card:
    """The card that was typed into a valid form, which has the four fields of one."""
    return Card(
        number=form["card_number"].data,
        holder=form["card_holder"].data,
        expiry=form["expiry"].data,
        security_code=form["security_code"].data,
    )


def unusable_fields(form: Form) -> Sequence[str]:
    """The names of the fields in which something was sent that is not kept."""
    return [name for name, field in form._fields.items() if getattr(field, "was_unusable", False)]
