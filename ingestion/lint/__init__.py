"""Lint: what is wrong in the articles themselves, each finding with its places and quotes."""
