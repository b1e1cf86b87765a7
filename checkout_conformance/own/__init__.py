"""A team's own project: its commands, its pytest plugin, and what it may not replace silently."""
