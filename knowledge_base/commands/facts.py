"""`candor facts`: the policy facts of the index that serves."""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge_base.errors import BadInputError

if TYPE_CHECKING:
    from knowledge_base.article import Article
    from knowledge_base.policy.fact import PolicyFact


def facts(
    article: Annotated[str | None, typer.Argument(help="Id of one article; else all.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a fact.")] = False,
) -> None:
    """Show what the articles promise: amounts, deadlines, limits, and for whom they hold."""
    from knowledge_base.generations.generation import Generation
    from knowledge_base.generations.ledger import read_ledger
    from knowledge_base.generations.publication import GENERATIONS
    from knowledge_base.generations.serving import Serving
    from knowledge_base.settings import KnowledgeBaseSettings

    data_dir = KnowledgeBaseSettings().data_dir
    served = Serving(data_dir).generation_id()
    articles = Generation.open(data_dir, served).articles
    if article is not None and article not in articles:
        raise BadInputError(f"there is no article {article!r}; `candor search` finds articles")
    chosen = articles.values() if article is None else (articles[article],)
    ledger = read_ledger(data_dir / GENERATIONS / served)
    read = [(one, ledger[one.id]) for one in chosen]
    if as_json:
        _print_json(read)
    else:
        _print_tables(read)


def _print_json(read: Iterable[tuple["Article", Sequence["PolicyFact"]]]) -> None:
    from pydantic import TypeAdapter

    from knowledge_base.policy.fact import PolicyFact

    adapter = TypeAdapter(PolicyFact)
    for article, found in read:
        for fact in found:
            fields = adapter.dump_python(fact, mode="json")
            text = article.body[fact.start : fact.end]
            typer.echo(json.dumps({"id": fact.id, **fields, "text": text}, ensure_ascii=False))


def _print_tables(read: Iterable[tuple["Article", Sequence["PolicyFact"]]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    shown = False
    for article, found in read:
        if found:
            table = Table(title=escape(f"{article.title} ({article.id})"), box=box.SIMPLE_HEAD)
            for column in ("about", "value", "for", "in the article"):
                table.add_column(column, overflow="fold")
            for fact in found:
                table.add_row(*map(escape, _row(article, fact)))
            console.print(table)
            shown = True
    if not shown:
        typer.echo("No policy facts found.")


def _row(article: "Article", fact: "PolicyFact") -> tuple[str, str, str, str]:
    from knowledge_base.policy.wording import audience, bounded_value, rate

    said = " ".join(article.body[fact.sentence_start : fact.sentence_end].split())
    return fact.scope.subject, f"{bounded_value(fact)}{rate(fact)}", ", ".join(audience(fact)), said
