"""Whether a page is there: one that is not found lists nothing either."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.site import Site


def expect_page(site: Site) -> None:
    """Check that there is a page at all: it has a heading, if only that it is not found."""
    expect(site.heading).to_be_visible()


def expect_page_of(site: Site, label: str) -> None:
    """Check that the open page has this label in its heading."""
    expect(site.heading).to_contain_text(site.target.label(label))


def expect_found(site: Site) -> None:
    """Check that the open page has a heading, and not that of a page that is not found."""
    expect(site.heading).not_to_contain_text(site.target.label("Page not found"))
