"""The twins, a module for each kind."""
