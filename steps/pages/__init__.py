"""Page objects: locators in the constructor, verbs as methods, no assertions."""
