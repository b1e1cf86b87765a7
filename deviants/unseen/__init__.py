"""Deviants that were written to measure the suite afresh: two or more for each clause.

A module for each procedure; those of the second collection begin with ``later``, those of the
third with ``third``. Their kind is ``unseen``: whoever wrote them had read the clauses and the
sites, but no feature, no step, no result and no other deviant. None names the scenarios that
should catch it.
"""
