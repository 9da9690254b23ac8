"""Reads a .docx into facts; the only part of ``layout`` that handles XML, twips and half-points."""
