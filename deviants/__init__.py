"""Sites that are wrong on purpose, and the proof that the suite tells each from the reference.

``wrong/`` holds the deviants, a module for each kind; all else here runs and judges them. The
reference sites know nothing of this: a deviant changes them from outside, in its own process. So
all of it lies beside the sites and the tests: it belongs to neither.
"""
