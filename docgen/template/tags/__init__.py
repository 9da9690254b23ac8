"""Tags of docgen's own: how each is typed in Word, and what it becomes in code."""
