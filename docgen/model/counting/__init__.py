"""Counting: a plan and its progress in, frozen tables out, each figure so that anyone can recompute it."""
