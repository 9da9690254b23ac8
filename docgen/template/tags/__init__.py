"""docgen's own tags: how they are typed in Word, and the code that they become."""
