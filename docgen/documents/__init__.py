"""Kinds of documents: each makes the context that its template is rendered with, and declares its contract."""
