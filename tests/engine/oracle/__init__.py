"""Oracle mutants: assertions that are dropped, negated and weakened."""
