"""The HTTP driver: the part of Playwright's API that page objects use, without a browser.

It reads the pages as a browser does whose scripts and stylesheets are turned off.
"""
