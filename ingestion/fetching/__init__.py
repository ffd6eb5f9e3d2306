"""Fetching from other hosts: only allowed ones, in bounds, and at their pace."""
