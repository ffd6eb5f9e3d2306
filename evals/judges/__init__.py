"""Models that score an answer; they are asked only where one is set."""
