"""Sub-commands of `candor` that run the assistant."""
