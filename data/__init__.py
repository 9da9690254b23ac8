"""Data that travels with docgen: lists, the sample plan, the skeleton plan."""
