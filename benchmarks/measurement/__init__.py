"""Measure commands: seconds, processor seconds, turns, rounds and the noise of the machine."""
