"""Checks the official form of any Word file by Nghị định 30/2020/NĐ-CP: a .docx goes in, findings come out."""
