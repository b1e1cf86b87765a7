"""``python -m benchmarks.load.bare SERVER PORT``: serve the bare page with one of two servers."""

from __future__ import annotations

import sys
from socket import create_server

from flask import Flask, render_template

from mock_sites.shared.runtime.server import SiteServer

NAMES = ("Entertainment", "Fines", "Utilities", "Mobile operators", "Small purchases")


def create_app() -> Flask:
    """The application."""
    app = Flask("benchmarks.load.bare")

    @app.get("/")
    def page() -> str:
        return render_template("page.html", title="What would you like to pay?", names=NAMES)

    return app


def main(arguments: list[str]) -> int:
    """Serve until killed."""
    server, port = arguments[0], int(arguments[1])
    app = create_app()
    if server == "werkzeug":
        app.run(host="127.0.0.1", port=port, threaded=True)
    else:
        SiteServer(app, create_server(("127.0.0.1", port))).start()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
