"""Bytes in, files out: proved sound, written whole or not at all, traceable."""
