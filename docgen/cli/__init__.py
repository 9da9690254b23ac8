"""The command line: arguments in, one call, what to show out; no decision about the domain."""
