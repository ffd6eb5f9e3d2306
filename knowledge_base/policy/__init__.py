"""The policy ledger: the facts in articles that cost money when they are wrong."""
