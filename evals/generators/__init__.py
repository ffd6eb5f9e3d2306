"""Cases made from the articles: the right answer is known by construction."""
