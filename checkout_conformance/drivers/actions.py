"""The actions that a buyer can take on any page: in the browser (``Site``) or over HTTP.

The flows that consist of these actions (``steps/pages/flows.py``) are written once for both.
"""

from __future__ import annotations

from abc import ABC, abstractmethod


class Actions(ABC):
    """The actions. Controls are named as in the features, not as on the page."""

    @abstractmethod
    def open(self, path: str = "/") -> None:
        """Go to a page of the site by its address."""

    @abstractmethod
    def open_in_menu(self, label: str) -> None:
        """Choose an entry of the site's menu."""

    @abstractmethod
    def open_link(self, label: str) -> None:
        """Follow the first link whose text contains the label."""

    @abstractmethod
    def press(self, label: str) -> None:
        """Press the button or link with the label."""

    @abstractmethod
    def press_for(self, label: str, product: str) -> None:
        """Press the button with the label that belongs to a product."""

    @abstractmethod
    def fill_in(self, label: str, value: str) -> None:
        """Fill in the field with the label."""

    @abstractmethod
    def select(self, label: str, value: str) -> None:
        """Select an option, by its value, in the list with the label."""

    @abstractmethod
    def choose(self, label: str) -> None:
        """Choose the radio button with the label."""

    @abstractmethod
    def tick_box(self, label: str) -> None:
        """Tick the checkbox, or turn on the switch, with the label."""

    @abstractmethod
    def tick_everything(self) -> None:
        """Tick every checkbox of the page."""

    @abstractmethod
    def asks_for(self, label: str) -> bool:
        """Return whether the open page has a field with the label; does not wait."""
