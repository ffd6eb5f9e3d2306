"""How the tables came about, step by step; run when the database is opened."""
