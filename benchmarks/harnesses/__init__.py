"""The measured harnesses: how each is installed, started and given its sites."""
