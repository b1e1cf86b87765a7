"""Virtual buyers in great number: ``checkout-conformance load``.

``command.py`` checks that load is allowed, makes the plan and judges the result. ``master.py`` and
``worker.py`` are processes of their own on Locust, which nothing else imports.
"""
