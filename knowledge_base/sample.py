"""Where the sample company's help articles lie, in a checkout and in an installed package."""

from pathlib import Path

SAMPLE_ARTICLES = Path(__file__).parent / "articles"
