"""Free wordings: what a customer would be told in other words, true or subtly false, by hand.

Written before their verdicts were seen, of sentences of the even half of the sample help centre;
the checks are mended on them, so that they are no held-out measure.

    python -m benchmarks.free_wordings --output free.jsonl
    python -m benchmarks.grounding free free.jsonl
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.claim_mutations.help_centre import HelpCentre
from benchmarks.claim_mutations.lookalikes import Lookalikes, passage_rows
from benchmarks.claim_mutations.names import Names
from knowledge_base.sample import SAMPLE_ARTICLES

WRITTEN = Path(__file__).with_suffix(".jsonl")


def main() -> None:
    """Write the rows with the passages that a search would give."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="JSON Lines, a row a claim")
    arguments = parser.parse_args()
    with arguments.output.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(row)}\n" for row in rows())


def rows() -> Iterator[dict[str, Any]]:
    """Yield each claim beside all chunks of its article and the nearest of others."""
    help_centre = HelpCentre.read("sample", SAMPLE_ARTICLES)
    lookalikes = Lookalikes(help_centre, Names(help_centre.articles))
    for line in WRITTEN.read_text(encoding="utf-8").splitlines():
        yield _beside(json.loads(line), help_centre, lookalikes)


def _beside(
    written: Mapping[str, Any], help_centre: HelpCentre, lookalikes: Lookalikes
) -> dict[str, Any]:
    own = [held for held in help_centre.chunks if held[0].id == written["article"]]
    near = lookalikes.nearest(f"{written['question']} {written['claim']}")
    others = [held for held in near if held[0].id != written["article"]]
    passages = passage_rows([*own, *others], random.Random(written["id"]))
    return {**written, "passages": [asdict(one) for one in passages]}


if __name__ == "__main__":
    main()
