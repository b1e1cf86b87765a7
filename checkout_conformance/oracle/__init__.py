"""Oracle mutants: every assertion of the steps is dropped, negated or weakened in turn.

A suite is as good as what its assertions notice. A mutant that nothing notices is an assertion that
could be missing.
"""
