"""Hybrid search: keyword and vector indexes, and how what they find is ranked."""
