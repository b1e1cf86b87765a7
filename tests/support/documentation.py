"""The documentation as readers get it: the pages by hand, and the built site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from lxml import html

ROOT = Path(__file__).parents[2]
WRITTEN = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "changelog.d" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
CODE = re.compile(r"```.*?\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def code_in(page: Path) -> Iterator[str]:
    """What a page shows as code: lines of blocks, and words in a line."""
    for block, words in CODE.findall(page.read_text(encoding="utf-8")):
        yield from block.splitlines() if block else [words.replace("\n", " ")]


class BuiltPage:
    """A page of the built site."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The page as a tree."""
        return html.fromstring(self.file.read_text(encoding="utf-8").encode())

    @cached_property
    def text(self) -> str:
        """The words of the page itself, without the navigation around it."""
        (article,) = self.tree.xpath("//article")
        return " ".join(article.text_content().split())

    @cached_property
    def ids(self) -> set[str]:
        """Everything that a link can lead to."""
        return {str(found) for found in self.tree.xpath("//@id | //a/@name")}

    def addresses(self, *kinds: str) -> list[str]:
        """The addresses in the attributes that ``kinds`` name, such as ``a/@href``."""
        return [str(found) for kind in kinds for found in self.tree.xpath(f"//{kind}")]
