"""Random operations on each site, and on all of them together: what must always hold."""
