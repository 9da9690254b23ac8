"""The language of templates: one is translated, checked against its contract, compiled and rendered."""
