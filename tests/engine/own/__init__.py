"""A team's own project."""
