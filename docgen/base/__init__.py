"""What every part stands on and that knows no document: fields, packages, tables, fonts, files, locks, workers."""
