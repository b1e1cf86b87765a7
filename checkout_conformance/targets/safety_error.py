"""The error of a run that is stopped before it does harm."""


class SafetyError(Exception):
    """A page sent a request that is not allowed. The message says which, and what to do."""
