"""Reading, writing and changing of YAML files."""
