"""The parts of a benchmark session, each of which compares some figures."""
