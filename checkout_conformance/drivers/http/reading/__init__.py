"""What a page says to a reader: roles, names, states, texts and visibility of its elements."""
