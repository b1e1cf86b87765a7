"""A bare Flask application with one Jinja page, on the server that our sites are served by."""
