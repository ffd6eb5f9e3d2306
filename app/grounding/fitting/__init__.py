"""Choosing the thresholds of the rules on labelled claims, for a stated rate of false blocks."""
