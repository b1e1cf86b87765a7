"""Robot's keywords about the page that RequestsLibrary got."""

import requests

from benchmarks.peers.html_page import HtmlPage, Submission


class HtmlPages:
    """The page that a test has open."""

    page: HtmlPage

    def read_page(self, answer: requests.Response) -> None:
        """Have the page of this answer open."""
        self.page = HtmlPage(answer.url, answer.text)

    def menu_link(self, label: str) -> str:
        """The address of an entry of the menu."""
        return self.page.menu_link(label)

    def tile_link(self, caption: str) -> str:
        """The address of a tile."""
        return self.page.tile_link(caption)

    def heading_should_be(self, title: str) -> None:
        """Fail unless the heading is this one."""
        assert self.page.heading() == title

    def group_should_have_a_link(self, group: str) -> None:
        """Fail unless the list with this name has a link."""
        assert self.page.has_link_in(group)

    def page_should_show(self, text: str) -> None:
        """Fail unless an element has this text."""
        assert self.page.shows(text)

    def page_should_say(self, pattern: str) -> None:
        """Fail unless the page has a text like this."""
        assert self.page.says(pattern)

    def field_should_be_required(self, label: str) -> None:
        """Fail unless the field must not stay empty."""
        assert self.page.is_required(label)

    def fill_in(self, label: str, value: str) -> None:
        """Write into a field."""
        self.page.fill_in(label, value)

    def submission(self, label: str) -> Submission:
        """What a button sends."""
        return self.page.submission(label)

    def article(self) -> str:
        """The text of the only article."""
        return self.page.article()

    def balance_on(self, answer: requests.Response) -> str:
        """The balance on the page of an answer, which does not become the open page."""
        return HtmlPage(answer.url, answer.text).region("Balance")
