"""The routes of the content editor, below `/v1/admin`: articles, reindexing, generations."""
