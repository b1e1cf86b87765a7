"""Walk W1 in other harnesses: the same clicks and the same assertions on the same sites."""
