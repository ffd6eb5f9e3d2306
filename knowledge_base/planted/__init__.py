"""What was planted into an article: hidden text, instructions to a model, links that lead away."""
