"""Texts of twins in the three languages of the sites."""

from __future__ import annotations


def said(english: str, russian: str, arabic: str) -> str:
    """Return the piece of a template that says a text in the language of the page.

    The texts may hold pieces of templates, but no quotation marks.
    """
    return (
        f"{{% if locale().language == 'ru' %}}{russian}"
        f"{{% elif locale().language == 'ar' %}}{arabic}"
        f"{{% else %}}{english}{{% endif %}}"
    )
