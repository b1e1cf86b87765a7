"""Page objects: locators and actions, no assertions."""
