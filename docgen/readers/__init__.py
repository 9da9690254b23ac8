"""Reads files into model objects with the place of every value; reports all problems of a file at once."""
