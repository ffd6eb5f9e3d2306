"""`candor search`, `candor facts`, `candor generations`: what a person asks the knowledge base."""
