"""The deviants, a module for each kind of wrong: a decorated function defines one."""
