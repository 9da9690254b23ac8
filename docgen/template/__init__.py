"""Compiles a Word template into a program, which renders contexts into documents."""
