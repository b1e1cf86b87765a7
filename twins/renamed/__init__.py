"""A copy of our sites in which everything that no clause states is otherwise."""
