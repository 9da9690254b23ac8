"""Many Word files in, what is wrong with the form of each out."""
