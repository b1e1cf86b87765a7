"""Whether a page is there: one that is not found lists nothing either."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.site import Site


def expect_found(site: Site) -> None:
    """Check that the open page has a heading, and not that of a page that is not found."""
    expect(site.heading).to_be_visible()
    expect(site.heading).not_to_contain_text(site.target.label("Page not found"))
