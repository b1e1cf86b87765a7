"""The step library: sentences of the features become calls on pages, and expectations."""
