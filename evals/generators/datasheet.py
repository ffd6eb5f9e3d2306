"""The datasheet of a generated suite: what it is made from, by which rule, and what it lacks."""

from collections import Counter
from collections.abc import Sequence

from evals.generators.generator import Source
from evals.generators.suite import Made

_LIMITS = """\
- Questions come from forms of sentences, labels and tables: facts that are stated otherwise are not asked for.
- A golden question names what it is about; a customer who doesn't is not in here.
- An answer that gives the right value in words that the case doesn't list counts as lacking it.
- An answer that repeats a false value to deny it counts as stating it.
- Of a boundary case only a plain yes or no is judged; an answer that takes its side in other words is unscored.
- A trap's name stands in no article; whether an article covers it in other words was not checked case by case.
"""  # noqa: E501 - one sentence a line


def datasheet(
    name: str, made: Sequence[Made], source: Source, *, seed: int, remark: str = ""
) -> str:
    """Return the Markdown text that stands beside the suite; `remark` says how it was changed."""
    help_centre = source.help_centre
    total = sum(len(one.cases) for one in made)
    rules = "\n".join(f"- `{one.generator.kind}`: {one.generator.rule}" for one in made)
    return f"""# Datasheet of the generated suite {name}

## What it is

`{name}.jsonl` holds {total} cases, made by `candor eval generate` with seed {seed}.
They come from {len(help_centre.articles)} articles (fingerprint {help_centre.fingerprint}), asked as of {help_centre.day}, of which {len(source.askings)} facts read cleanly enough to be asked for.
{remark or "The same articles, day and seed give the same cases."}
Each line has the form of `case.schema.json`.

## Why the right answer is known

{rules}

## Counts

{_counts(made)}

## Known limits

{_LIMITS}"""  # noqa: E501 - one sentence a line


def _counts(made: Sequence[Made]) -> str:
    rows = ["| Kind | What | Cases |", "| --- | --- | --- |"]
    for one in made:
        notes = Counter(_sort_of(case.note) for case in one.cases)
        rows += [f"| {one.generator.kind} | {note} | {n} |" for note, n in sorted(notes.items())]
    rows.append(f"| All | | {sum(len(one.cases) for one in made)} |")
    return "\n".join(rows)


def _sort_of(note: str) -> str:
    """Return what a note says without the name that it says it of."""
    if note.startswith("next to "):
        return "next to a product or plan"
    for ending in ("has none", "is not served"):
        if note.endswith(ending):
            return f"the scope {ending}"
    return note.rpartition(" ")[2] if note[:1].isdigit() or "bipia" in note else note
