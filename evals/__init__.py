"""Measures the assistant: cases in, scores with intervals out."""
