"""Sources of articles, one file a kind."""
