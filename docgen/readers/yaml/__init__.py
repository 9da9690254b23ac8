"""YAML texts in, trees of texts with their places out; and plans, progress and new folders as YAML text."""
