"""The page *Evaluations*: what was measured, case by case, and the review queue."""
