"""The engine: runs documented procedures on a site and reports the result clause by clause.

It knows targets, browsers, Gherkin and reports. The procedures themselves are content: the folders
``features``, ``steps``, ``mock_sites`` and ``deviants``.
"""
