"""The one reader of workbooks: an .xlsx file in, its sheets as grids of typed cells out, behind one guard."""

from docgen.readers.excel.xlsx.book import read_book

__all__ = ["read_book"]
