"""From text to vectors: the model, its files, and what spares asking it twice."""
