"""Word templates that travel with docgen: the look of every document."""
