"""The prompts of the judges, kept as `app.prompts.registry` has it."""
