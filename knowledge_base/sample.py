"""Where the sample company's help articles lie, in a checkout and in an installed package."""

from pathlib import Path

SAMPLE_ARTICLES = Path(__file__).parent / "articles"
SAMPLE_QUESTIONS = Path(__file__).parents[1] / "evals" / "suites" / "sample.v1.jsonl"
"""Questions about them; not there where the evaluations aren't installed."""
