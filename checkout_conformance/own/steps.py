"""``checkout-conformance steps``: the sentences that features can be written with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module

import click

from checkout_conformance.commands import SETTINGS
from checkout_conformance.project import content_package, own_modules
from checkout_conformance.sentences import Sentences, Wording
from checkout_conformance.statuses import Status

KEYWORDS = ("given", "when", "then")


@click.command(context_settings=SETTINGS)
@click.argument("words", nargs=-1)
@click.option("--keyword", type=click.Choice(KEYWORDS), help="only those of this keyword")
@click.option("--locale", default="en", help="the language of the sentences (default: en)")
@click.option("--own", is_flag=True, help="only those of this project")
def command(words: tuple[str, ...], keyword: str | None, locale: str, own: bool) -> int:
    """List the sentences of the steps, ours and those of your project.

    With WORDS only sentences that have all of them, whatever the letter case.

    \b
      checkout-conformance steps cart
      checkout-conformance steps --keyword then order paid

    \b
    Exit status
      0  there are such sentences
      1  there are none
      3  an argument is wrong
    """
    found = [
        f"{kind.capitalize():6}{wording.text}"
        for kind, wording in _all(own)
        if wording.locale == locale and keyword in (None, kind) and _has(wording, words)
    ]
    for line in sorted(found, key=_as_people_look):
        print(line)
    if not found:
        print("There is no such sentence.", file=sys.stderr)
    return Status.CONFORMS if found else Status.DOES_NOT_CONFORM


def _as_people_look(line: str) -> tuple[int, str]:
    keyword, _, text = line.partition(" ")
    return KEYWORDS.index(keyword.lower()), text.strip()


def _has(wording: Wording, words: tuple[str, ...]) -> bool:
    return all(word.lower() in wording.text.lower() for word in words)


def _all(own: bool) -> Iterator[tuple[str, Wording]]:
    for sentences in _sets(own):
        for kind, sentence in sentences.registered:
            yield from ((kind, wording) for wording in sentence.wordings)


def _sets(own: bool) -> list[Sentences]:
    ours = import_module(content_package("steps"))
    modules = [import_module(name) for name in own_modules("steps")]
    if not own:
        modules += [import_module(name) for name in ours.PLUGINS]
    found = {
        id(value): value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Sentences)
    }
    if not own:
        support = import_module(content_package("steps.support.sentences"))
        found[id(support.SENTENCES)] = support.SENTENCES
    return list(found.values())
