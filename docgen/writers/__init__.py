"""Writes files: proved sound, whole or not at all, with a record of where they come from."""
