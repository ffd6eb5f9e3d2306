"""The page *Releases*: what serves, what changed, promote and roll back, and the prompts."""
