"""Deviants that were written blind: from the clauses and protocols, without reading the features.

A module for each procedure and step. Their kind is ``blind``. None names the scenarios that should
catch it: whether any does is the measure of the suite.
"""
