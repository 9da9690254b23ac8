"""Checks the form of any Word file against Nghị định 30/2020/NĐ-CP."""
