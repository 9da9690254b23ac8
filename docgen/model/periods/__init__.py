"""Periods of a year and the reporting schemes that give them cut-off and due days."""
