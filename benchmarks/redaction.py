"""What is blanked out of real help centres, where nothing was planted: every block is a false one.

python -m benchmarks.redaction "$CANDOR_BENCH_DATA"
"""

import argparse
import json
import sys
from pathlib import Path

from app.statistics import rate
from ingestion.bootstrap import open_sources
from ingestion.settings import IngestionSettings
from ingestion.sources.reading import read_articles
from knowledge_base.planted.links import NamedHosts
from knowledge_base.planted.redaction import redacted
from knowledge_base.sample import SAMPLE_ARTICLES
from knowledge_base.statements import statements


def main() -> None:
    """Print each blanked statement to the error output, and the counts as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of help_centres/")
    centres = sorted((parser.parse_args().bench_data / "help_centres").iterdir())
    rows = {centre.name: _measured(centre) for centre in (*centres, SAMPLE_ARTICLES)}
    blanked, said = (sum(row[name] for row in rows.values()) for name in ("blanked", "statements"))
    share = rate(blanked, said)
    print(json.dumps(rows | {"blanked": blanked, "of": said, "at_most": round(share.high, 6)}))


def _measured(centre: Path) -> dict[str, int]:
    sources = open_sources(IngestionSettings(), [centre]).values()
    articles = read_articles(list(sources)).articles
    named = NamedHosts(articles)
    said = blanked = 0
    for article in articles:
        left = redacted(article, named)
        for one in statements(article.body):
            said += 1
            if not left[one.start : one.end].strip():
                blanked += 1
                print(centre.name, article.id, repr(one.text[:160]), file=sys.stderr)
    return {"articles": len(articles), "statements": said, "blanked": blanked}


if __name__ == "__main__":
    main()
