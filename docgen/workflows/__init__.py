"""One module a use case: a request in, one result out; only here do the stages meet."""
