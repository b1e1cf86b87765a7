"""The fields that every form of the sites is made of: what they take, before any rule judges it.

A form of a site uses these and no fields of WTForms that hold text: a test walks all forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Form, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput, PasswordInput

from ..values.refusal import Refusal
from ..values.text_rules import refuse_unreadable, refuse_unusable
from .wording import words_for


class TextField(StringField):
    """One line of text. A card number in it is rejected, not kept and not shown again."""

    refuse = staticmethod(refuse_unusable)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was sent; forget a card number, and say beside the field what is wrong."""
        super().process_formdata(valuelist)
        try:
            self.refuse(self.data or "")
        except Refusal as refusal:
            if refusal.code == "text.card-number":
                self.data, self.raw_data = "", []
            raise ValueError(words_for(refusal)) from None

    def pre_validate(self, form: Any) -> None:
        """Ask no other rule about such a text, which may be gone."""
        if self.was_unusable:
            raise StopValidation
        super().pre_validate(form)

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


def unusable_fields(form: Form) -> Sequence[str]:
    """The names of the fields in which something was sent that is not kept."""
    return [name for name, field in form._fields.items() if getattr(field, "was_unusable", False)]
