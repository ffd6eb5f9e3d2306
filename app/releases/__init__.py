"""Releases: what serves together, pinned as one unit, promoted through a gate and rolled back."""
