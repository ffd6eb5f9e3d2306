"""How many sentences of real help centres the output guardrails would keep back when quoted.

Each statement of each article is put to them as a quote of that article. Its authors wrote it for
customers, so that every block is a false one, unless the article was tampered with.

    python -m benchmarks.output_guardrails "$CANDOR_BENCH_DATA"
"""

import argparse
import secrets
from collections import Counter
from pathlib import Path

from app.guardrails.guardrail import Action
from app.guardrails.roster import Confidential, build_output_guardrails
from app.guardrails.screening import OutputScreening
from app.prompts.registry import load_prompt
from app.settings import AppSettings
from app.statistics import rate
from ingestion.sources.folder import FolderSource
from knowledge_base.article import Article, Chunk, Passage
from knowledge_base.statements import statements

MAX_ARTICLE_BYTES = 5_000_000
PROMPT = "answer.v2"


def main() -> None:
    """Print the blocks of each help centre, and each one's guardrail and place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="the folder with help_centres/")
    arguments = parser.parse_args()
    system = "\n".join(part.text for part in load_prompt(PROMPT).parts if part.role == "system")
    confidential = Confidential(secrets.token_hex(8), system)
    screening = OutputScreening(build_output_guardrails(AppSettings(), confidential))
    for folder in sorted((arguments.bench_data / "help_centres").iterdir()):
        blocked: Counter[str] = Counter()
        total = 0
        for article in FolderSource(folder, MAX_ARTICLE_BYTES).read():
            if isinstance(article, Article):
                total += _screen(article, screening, blocked)
        shown = rate(sum(blocked.values()), total)
        print(f"{folder.name}: {shown.successes} of {shown.n} ({100 * shown.high:.2f} % at most)")
        print(f"  {dict(blocked)}")


def _screen(article: Article, screening: OutputScreening, blocked: Counter[str]) -> int:
    """Count the article's blocked statements by guardrail, and return how many it has."""
    body = article.body
    whole = Chunk(article.id, heading_path=(), start=0, end=len(body), text=body)
    cited = [Passage(chunk=whole, article=article, score=1.0)]
    said = [body[one.start : one.end] for one in statements(body)]
    for text in said:
        decision = screening.screen(text, cited, "")
        if decision.action is Action.BLOCK:
            blocked[decision.guard] += 1
            print(f"    {article.id}: {decision}")
    return len(said)


if __name__ == "__main__":
    main()
