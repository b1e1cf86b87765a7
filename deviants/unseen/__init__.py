"""Deviants that were written to measure the suite afresh: two for each clause.

A module for each procedure. Their kind is ``unseen``: whoever wrote them had read the clauses and
the sites, but no feature, no step, no result and no other deviant. None names the scenarios that
should catch it.
"""
