"""What a plan, an office and a decision are: figures, dates and the author's words, never finished phrases."""
