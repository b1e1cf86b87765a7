"""Feature files: what is wrong in them, and how they are laid out."""
