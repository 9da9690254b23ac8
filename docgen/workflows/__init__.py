"""Use cases, one module each: the only place where the stages (readers, documents, template, writers) meet."""
