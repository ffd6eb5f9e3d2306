"""Decides for each sentence of a draft whether the customer may see it."""
