"""How many instructions hidden in articles are found, and how many are seen where none are.

Each instruction is planted into an article of the sample: as a paragraph at its start, in its
middle and at its end, in an HTML comment, and in an invisible element. The patterns were developed
on the instructions whose sha256(id) is even; the other half was not looked at. Every suspicion in
the real help centres is listed, by file and line, to be judged.

    python -m benchmarks.instructions "$CANDOR_BENCH_DATA"
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from app.statistics import rate
from evals.generators.planting import PLACES, Planted, plant
from ingestion.article_file import TEXTS
from knowledge_base.planted.hidden_text import find_hidden_text
from knowledge_base.planted.instructions import find_instructions
from knowledge_base.sample import SAMPLE_ARTICLES


def is_instruction_found(planted: Planted) -> bool:
    """Tell whether words of the instruction are suspected."""
    return any(
        found.start < planted.end and planted.start < found.end
        for found in find_instructions(planted.text)
    )


def is_found(planted: Planted) -> bool:
    """Tell whether the instruction is suspected, or found as hidden text."""
    return is_instruction_found(planted) or any(
        found.start < planted.end and planted.start < found.end
        for found in find_hidden_text(planted.text)
    )


def _instructions(bench_data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield half, category and words of each instruction."""
    file = bench_data / "attacks" / "instructions_in_articles.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        odd = int(sha256(row["id"].encode()).hexdigest(), 16) % 2
        yield "report" if odd else "develop", row["category"], row["instruction"]


def _report_recall(bench_data: Path) -> None:
    articles = [file.read_text(encoding="utf-8") for file in sorted(SAMPLE_ARTICLES.rglob("*.md"))]
    found: Counter[tuple[str, str]] = Counter()
    known: Counter[tuple[str, str]] = Counter()
    categories: dict[tuple[str, str], list[bool]] = defaultdict(list)
    totals: Counter[str] = Counter()
    for number, (half, category, instruction) in enumerate(_instructions(bench_data)):
        totals[half] += 1
        for place in PLACES:
            planted = plant(instruction, articles[number % len(articles)], place)
            found[half, place] += is_found(planted)
            known[half, place] += is_instruction_found(planted)
        categories[half, category].append(is_instruction_found(planted))
    for half in ("develop", "report"):
        for place in PLACES:
            seen = rate(found[half, place], totals[half])
            print(
                f"{half} {place}: {seen.successes} of {seen.n} found "
                f"({seen.low:.0%} to {seen.high:.0%}), "
                f"{known[half, place]} of them as instructions"
            )
    for (half, category), caught in sorted(categories.items()):
        print(f"{half} {category}: {sum(caught)} of {len(caught)} as instructions")


def _report_false_alarms(bench_data: Path) -> None:
    files = sorted(
        path
        for path in (bench_data / "help_centres").rglob("*")
        if path.suffix.lower() in TEXTS and path.is_file()
    )
    alarmed = 0
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace")
        suspicions = find_instructions(text)
        alarmed += bool(suspicions)
        for one in suspicions:
            line = text.count("\n", 0, one.start) + 1
            print(f"  {file.relative_to(bench_data)}:{line} {one.reason}")
    share = rate(alarmed, len(files))
    print(f"suspected: {alarmed} of {len(files)} files ({share.low:.1%} to {share.high:.1%})")


def main() -> None:
    """Print recall by half, place and category, then what is suspected in real help centres."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of attacks/ and help_centres/")
    bench_data = parser.parse_args().bench_data
    _report_recall(bench_data)
    _report_false_alarms(bench_data)


if __name__ == "__main__":
    main()
