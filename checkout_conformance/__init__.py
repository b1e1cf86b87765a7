"""The engine: runs documented procedures on a site, and says clause by clause what it found.

It knows targets, browsers, Gherkin and reports. What the procedures are is content: ``features``,
``steps``, ``mock_sites``, ``deviants``.
"""
