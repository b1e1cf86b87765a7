"""The guards against features that look green and check nothing, for ours and a team's own."""
