"""Checks on what comes in, one file each."""
