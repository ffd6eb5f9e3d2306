"""The page *Knowledge base*: what a content editor reads and does."""
