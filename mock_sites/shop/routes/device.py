"""The shop's two versions: a page's version is chosen by the device, or by hand (C3)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ...shared.web.sign_in import safe_redirect_path
from ...shared.web.web import redirect_after_post

pages = Blueprint("version", __name__, url_prefix="/version")

VERSIONS = ("desktop", "mobile")
LAYOUTS = {"desktop": "shop_layout.html", "mobile": "mobile/layout.html"}


def version() -> str:
    """The version that was chosen by hand, else the one that fits the device."""
    chosen = session.get("version")
    if chosen in VERSIONS:
        return str(chosen)
    # The hint says it plainly where a browser sends it; the user agent is for all others.
    hint = request.headers.get("Sec-CH-UA-Mobile")
    mobile = hint == "?1" if hint else "Mobi" in request.user_agent.string
    return "mobile" if mobile else "desktop"


def is_mobile() -> bool:
    """Whether this page is for a phone."""
    return version() == "mobile"


def render_page(template: str, **facts: Any) -> str:
    """A page that has two templates of its name: one for each version."""
    return render_template(f"mobile/{template}" if is_mobile() else template, **facts)


@pages.app_context_processor
def layout() -> dict[str, Any]:
    """Give every page the layout of its version, with a link to the other one."""
    other = "desktop" if is_mobile() else "mobile"
    return {"site_layout": LAYOUTS[version()], "other_version": other}


@pages.get("/<any(desktop, mobile):name>")
def choose(name: str) -> ResponseReturnValue:
    session["version"] = name
    back = safe_redirect_path(request.args.get("back"))
    return redirect_after_post(back or url_for("catalogue.home"))
