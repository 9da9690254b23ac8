"""Recognises the documents of a file and their components: facts go in, :class:`Document` records come out."""
