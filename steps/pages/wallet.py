"""The wallet's pages: signing in, the home page, the payees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from checkout_conformance.drivers.capabilities import Capability, needs
from checkout_conformance.drivers.finding import CONTENT, PICTURE, with_picture
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.targets.names import whole_words
from checkout_conformance.targets.target import Target

from .flows.wallet import WalletFlows
from .invoices import Invoices

# What a picture looks like; where it cannot be read, what the browser drew it from.
DRAWN = """async logo => {
    if (!(logo instanceof HTMLImageElement)) return getComputedStyle(logo).backgroundImage;
    await logo.decode().catch(() => {});
    const canvas = Object.assign(document.createElement("canvas"), {width: 32, height: 32});
    const drawing = canvas.getContext("2d");
    try {
        drawing.drawImage(logo, 0, 0, 32, 32);
        const points = new Uint32Array(drawing.getImageData(0, 0, 32, 32).data.buffer);
        return new Set(points).size > 1 ? canvas.toDataURL() : "";
    } catch { return logo.currentSrc; }
}"""


# A picture of the page, or the background of an element.
HAS_LOADED = """logo => {
    if (logo instanceof HTMLImageElement) return logo.complete && logo.naturalWidth > 0
    const background = /url\\("(.+)"\\)/.exec(getComputedStyle(logo).backgroundImage)
    if (!background) return logo instanceof SVGElement
    const picture = Object.assign(new Image(), {src: background[1]})
    return picture.decode().then(() => true, () => false)
}"""
HAS_BACKGROUND = """logo =>
    logo.offsetWidth > 0 && getComputedStyle(logo).backgroundImage.includes("url(")"""

SMALLER_HEADING = "h2, h3, h4, h5, h6, [role=heading]:not([aria-level='1']), legend"
# What a logo and its caption may stand in, if the caption is not in the link.
AROUND_CAPTION = "figure, li:not(:has(figure)), article"
# One payee of each group of the category Entertainment.
PAYEE_OF = {"Games": "Steam", "Social networks": "Circle"}


class Wallet(WalletFlows):
    """The wallet before a payment is started."""

    name = "wallet"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.balance = self.part("Balance")
        self.notice = self.part("Unpaid invoices")
        entries = self.main.get_by_role("listitem")
        self.tiles = CONTENT.keep(_links_or_buttons(entries))

    def logo(self, tile: Locator) -> Locator:
        """The logo on a tile."""
        return tile.locator(PICTURE)

    def tile(self, caption: str) -> Locator:
        """The tile that carries the caption, and a logo."""
        name = self.target.name_of(caption)
        logo = self.page.locator(PICTURE)
        tile = with_picture(self.page, name, logo, "tile with a logo")
        # A payee's name is a proper name.
        words = whole_words(name.words)
        captioned = [way.filter(has_text=words) for way in tile.alternatives]
        # The caption may stand below the link: then what is around both is the tile.
        around = self.main.locator(AROUND_CAPTION).filter(has_text=words)
        beside = CONTENT.keep(_links_or_buttons(around)).filter(has=logo)
        return NamedLocator(f'tile "{name.words}"', [*captioned, captioned[-1].or_(beside)])

    def captions(self) -> list[str]:
        """What all tiles say; a caption may stand below the link."""
        tiles = self.page.get_by_role("link").or_(self.page.get_by_role("button"))
        entries = CONTENT.keep(self.main.get_by_role("listitem").filter(has=tiles))
        return [" ".join(entry.inner_text().split()) for entry in entries.all()]

    def tile_in(self, group: str, payee: str) -> Locator:
        """The tile of a payee in a group of a category."""
        words = self.target.label(payee)
        around = self.part(group).locator(AROUND_CAPTION).filter(has_text=words)
        return self.tiles_of(group).filter(has_text=words).or_(_links_or_buttons(around))

    def open_tile(self, caption: str) -> None:
        """Follow a tile."""
        self.follow(self.tile(caption))

    @needs(Capability.PICTURES)
    def has_loaded_logo(self, tile: Locator) -> bool:
        """Whether the browser has loaded the picture on a tile."""
        loaded: bool = self.logo(tile).evaluate(HAS_LOADED)
        return loaded

    @needs(Capability.STYLESHEET)
    def has_background(self, tile: Locator) -> bool:
        """Whether the style sheet gives the logo of a tile a place and a picture."""
        shown: bool = self.logo(tile).evaluate(HAS_BACKGROUND)
        return shown

    def has_picture(self, tile: Locator) -> bool:
        """Whether the logo of a tile is a picture of the page, not one of its style sheet."""
        return tile.locator("img, svg").count() > 0

    def number_of_logos(self) -> int:
        """How many tiles carry a picture, or a named element with one in its background."""
        return sum(self.logo(tile).count() > 0 for tile in self.tiles.all())

    def addresses_of_logos(self) -> list[str]:
        """Where the pictures of all tiles come from, as far as their tiles say it."""
        logos = [self.logo(tile).get_attribute("src") or "" for tile in self.tiles.all()]
        # A picture that a script loads later has the same placeholder on every tile.
        return [address for address in logos if address and not address.startswith("data:")]

    @needs(Capability.PICTURES)
    def pictures_of_logos(self) -> list[str]:
        """The pictures of all tiles, as the browser has drawn them."""
        return [str(self.logo(tile).evaluate(DRAWN)) for tile in self.tiles.all()]

    def tiles_of(self, group: str) -> Locator:
        """The tiles of the payees of a category that belong together."""
        return _links_or_buttons(self.part(group))

    def has_groups(self) -> bool:
        """Whether the payees of the open category stand in groups with headings."""
        return self.main.locator(SMALLER_HEADING).count() > 0

    def some_tile_of(self, group: str) -> Locator:
        """A tile of a group; if the site has no groups, that of a payee who belongs to it."""
        return self.tiles_of(group).first if self.has_groups() else self.tile(PAYEE_OF[group])

    def open_link(self, label: str) -> None:
        """Follow a tile: the links in the wallet's flows are tiles."""
        self.open_tile(label)

    def open_newest_invoice(self) -> None:
        """Open the payment page of the newest invoice."""
        Invoices.on(self.page, self.target).open_newest()

    @contextmanager
    def in_another_tab(self) -> Iterator[Wallet]:
        """The home page in a second tab, closed afterwards."""
        page = self.page.context.new_page()
        wallet = Wallet.on(page, self.target)
        wallet.open()
        yield wallet
        page.close()


def _links_or_buttons(at: Locator) -> Locator:
    return at.get_by_role("link").or_(at.get_by_role("button"))
