"""Tools for maintainers of templates: all faults at their places, fields, example data, differences."""
