"""What a maintainer asks of a template: every fault at its place, its fields, an example, a difference."""
