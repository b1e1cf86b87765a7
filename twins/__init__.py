"""Right sites that are built differently: they obey every clause, and no scenario may fail on them.

``right/`` holds the twins, a module for each kind. They are written from the documents, not from
the features or the page objects: what those take for granted is what a twin does otherwise.
"""
