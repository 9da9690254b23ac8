"""The one reader of .xlsx files, behind the guard of :mod:`docgen.base.ooxml`."""

from docgen.readers.excel.xlsx.book import read_book

__all__ = ["read_book"]
