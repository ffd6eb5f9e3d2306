"""What the linter looks for, one file each."""
