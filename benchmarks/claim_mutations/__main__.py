"""Makes claims whose label is known by construction, for `candor ground` to judge.

They are made from the policy sentences of the sample help centre and of Rho-Bank;
`benchmarks/claim_mutations.md` says how.

    python -m benchmarks.claim_mutations "$CANDOR_BENCH_DATA" --output rows.jsonl
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.claim_mutations.draw import MUTATED_ROWS, UNCHANGED_ROWS, Draw, Sizes
from benchmarks.claim_mutations.help_centre import HelpCentre
from benchmarks.claim_mutations.row import REPORTED, Kind, Part, Row
from knowledge_base.sample import SAMPLE_ARTICLES

SEED = 7
RHOBANK = Path("help_centres", "rhobank")


def main() -> None:
    """Write the rows, and print how many there are of each kind."""
    arguments = _arguments()
    folders = {"sample": SAMPLE_ARTICLES, "rhobank": arguments.bench_data / RHOBANK}
    sizes = Sizes(arguments.mutated, arguments.unchanged)
    drawn = (*REPORTED, *(part for part in arguments.parts if part not in REPORTED))
    rows = [
        row
        for name in arguments.help_centres
        for row in Draw(HelpCentre.read(name, folders[name]), arguments.seed, drawn).rows(sizes)
        if row.template_part is None or row.template_part in arguments.parts
    ]
    with arguments.output.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(asdict(row))}\n" for row in rows)
    Console(stderr=True).print(_table(rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench_data", type=Path, help="folder of help_centres/")
    parser.add_argument("--output", type=Path, required=True, help="JSON Lines, a row a claim")
    parser.add_argument("--help-centres", nargs="+", default=["sample", "rhobank"])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--parts", nargs="+", type=Part, default=[*REPORTED], help="templates of rewriting"
    )
    parser.add_argument("--mutated", type=int, default=MUTATED_ROWS, help="rows of each kind")
    parser.add_argument("--unchanged", type=int, default=UNCHANGED_ROWS, help="true rows")
    return parser.parse_args()


def _table(rows: Sequence[Row]) -> Table:
    table = Table("help centre", "kind", "as it stands", *Part, "all", title="Claims")
    counted = Counter((row.help_centre, row.kind, row.template_part) for row in rows)
    for name in dict.fromkeys(row.help_centre for row in rows):
        for kind in Kind:
            numbers = [counted[name, kind, part] for part in (None, *Part)]
            table.add_row(name, kind, *map(str, numbers), str(sum(numbers)))
    return table


if __name__ == "__main__":
    main()
