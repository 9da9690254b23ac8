"""Kinds of documents, one module each: the fields, the contract and the context of a kind."""
