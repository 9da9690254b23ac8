"""Reads a .docx into facts; the only place of ``layout`` that knows XML, twips and half-points."""
