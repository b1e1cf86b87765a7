"""The actions that a buyer can take on any page: in the browser (``Site``) or over HTTP.

The flows that consist of these actions (``steps/pages/flows.py``) are written once for both.
"""

from __future__ import annotations

from abc import ABC, abstractmethod


class Actions(ABC):
    """The moves; each takes the name that a feature has for a control, not what the page says."""

    @abstractmethod
    def open(self, path: str = "/") -> None:
        """Go to a page of the site by its address."""

    @abstractmethod
    def open_in_menu(self, label: str) -> None:
        """Choose an entry of the site's menu."""

    @abstractmethod
    def open_link(self, label: str) -> None:
        """Follow the first link whose words have the label in them."""

    @abstractmethod
    def press(self, label: str) -> None:
        """Press the button or the link that carries the label."""

    @abstractmethod
    def press_for(self, label: str, product: str) -> None:
        """Press the button, of several that carry the label, that is about one product."""

    @abstractmethod
    def fill_in(self, label: str, value: str) -> None:
        """Type into the field that carries the label."""

    @abstractmethod
    def select(self, label: str, value: str) -> None:
        """Choose from the list that carries the label, by the value of the entry."""

    @abstractmethod
    def choose(self, label: str) -> None:
        """Choose an answer among several."""

    @abstractmethod
    def tick_box(self, label: str) -> None:
        """Tick the box, or turn the switch on, that carries the label."""

    @abstractmethod
    def tick_everything(self) -> None:
        """Tick every box of the page."""

    @abstractmethod
    def asks_for(self, label: str) -> bool:
        """Whether the page, which is there, has a field that carries the label."""
