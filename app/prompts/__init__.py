"""Prompts: versioned files, immutable once released, and their registry."""
