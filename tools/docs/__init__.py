"""The documentation: pages written by hand in ``docs/``, and pages generated from the code."""
