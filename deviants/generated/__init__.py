"""Deviants that nobody wrote: operators applied to the reference sites wherever they fit.

An operator changes a rule, a page or an answer in one of the ways in which sites go wrong: a list
without its filter, an effect that is missing, a label of the neighbour. ``places.toml`` says where
operators are applied and which clause each place serves. Their kind is ``generated``; no scenario
was written beside them.
"""
