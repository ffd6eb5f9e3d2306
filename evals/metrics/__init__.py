"""Scores of one answer against its case, one family a file; none of them imports the gate."""
