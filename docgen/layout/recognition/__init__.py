"""Recognises the documents of a file and their components, as :class:`Document` records."""
