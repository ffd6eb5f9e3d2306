"""Answerability: whether the evidence answers the question at all."""

from app.answering.evidence import Evidence


def answerable(evidence: Evidence) -> bool:
    """Tell whether any statement answers the question."""
    return any(one.similarity > 0.45 for one in evidence.candidates)
