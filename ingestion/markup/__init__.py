"""Markup of every kind becomes the one plain form that `Article.body` has."""
