"""Báo cáo: its text, its tables in Phụ lục, and the same tables for a spreadsheet."""
