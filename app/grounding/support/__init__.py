"""Whether the sources say the rest of what a claim says: a small model, its evidence, its fit."""
