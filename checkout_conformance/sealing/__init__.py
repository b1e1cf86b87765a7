"""Sealed evidence: a run in one signed file, whose verdict anyone can recompute."""
