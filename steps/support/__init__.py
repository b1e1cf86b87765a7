"""What the steps and the pages use beside sentences and locators."""
