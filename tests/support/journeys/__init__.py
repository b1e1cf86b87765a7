"""Ways through all sites without a browser, to see what a wrong site does otherwise."""
