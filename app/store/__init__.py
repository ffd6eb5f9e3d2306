"""Conversations, turns and feedback in SQL."""
