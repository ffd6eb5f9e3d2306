"""A plan as a person reads it."""

from collections.abc import Iterator, Sequence

from knowledge_base.generations.plan import Plan, PlantedInstruction

_SHOWN = 20
"""Names that are listed of a kind; `--json` has them all."""

_LABEL = 10


def plan_lines(plan: Plan) -> Iterator[str]:
    """Yield the lines that say what a reindex changes and how long it takes."""
    articles, chunks = plan.articles, plan.chunks
    yield f"Plan, compared with {plan.compared_with or 'nothing'}:"
    yield _line(
        "articles",
        f"{len(articles.added)} added, {len(articles.changed)} changed, "
        f"{len(articles.removed)} removed, {articles.unchanged} unchanged",
    )
    yield _line(
        "chunks",
        f"{chunks.added} added, {chunks.changed} changed, "
        f"{chunks.removed} removed, {chunks.unchanged} unchanged",
    )
    yield _line("to embed", f"{plan.embeddings} texts")
    yield _line("time", _time(plan))
    if plan.rebuild:
        yield _line("rebuild", plan.rebuild)
    yield from _listed("added", articles.added)
    yield from _changed(plan)
    yield from _listed("removed", articles.removed)
    yield from _listed("planted", [_planted(one) for one in plan.planted])
    yield from _listed("kept", [f"{one.article} ({one.path}: {one.reason})" for one in plan.kept])
    yield from _listed("skipped", [f"{one.path} ({one.reason})" for one in plan.skipped])


def _time(plan: Plan) -> str:
    if plan.changes_nothing:
        return "none: nothing has changed, nothing will be published"
    if plan.seconds is None:
        return "unknown: no run before has measured it"
    return f"about {max(1, round(plan.seconds))} s"


def _changed(plan: Plan) -> Iterator[str]:
    """Yield the changed articles, those first that promise something else now."""
    ids = sorted(plan.articles.changed, key=lambda one: one not in plan.facts)
    for article_id in ids[:_SHOWN]:
        yield _line("changed", article_id)
        for fact in plan.facts.get(article_id, ()):
            yield _line("", f"  {fact}")
    if len(ids) > _SHOWN:
        yield _line("changed", f"… and {len(ids) - _SHOWN} more")


def _planted(found: PlantedInstruction) -> str:
    place = f"line {found.line}" if found.line else "title"
    return f"{found.article}, {place}: {found.reason}"


def _listed(label: str, names: Sequence[str]) -> Iterator[str]:
    for name in names[:_SHOWN]:
        yield _line(label, name)
    if len(names) > _SHOWN:
        yield _line(label, f"… and {len(names) - _SHOWN} more")


def _line(label: str, words: str) -> str:
    return f"  {label:<{_LABEL}}{words}"
