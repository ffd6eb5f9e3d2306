"""Cells of tables with several columns: what a row's name and a column's head ask for together."""

import re
from collections.abc import Iterator

from evals.generators.asking import Asking
from evals.generators.clauses import contexts_of
from evals.generators.help_centre import HelpCentre, StatedFact
from evals.generators.values import wordings_of
from knowledge_base.policy.fact import FactKind
from knowledge_base.statements import cells

_VALUE = "§"
_CELL = re.compile(rf"{_VALUE}(?P<per> an? (?:year|month|day|week|hour))?")
_PLAIN = re.compile(r"[\w ,’'/-]+")
_PRICED = frozenset({"price", "cost", "fee"})
_TIMED = frozenset({"length", "time", "turnaround", "duration", "delivery time"})
_PERIODS = {"one day": "one day", "day": "one day", "weekend": "a weekend", "week": "a week",
            "month": "a month"}  # fmt: skip
_ROW_NOUNS = {"method": "option", "plan": "plan", "workshop": "workshop", "store": "store",
              "course": "course", "tier": "tier", "card": "card"}  # fmt: skip
_UNCOUNTED = re.compile(r"(?:s|ing|tape|gear)$")
_HEAD_END = re.compile(r" (?:for|of|with|on|in|up|that) |,")


def slotted(stated: StatedFact) -> str:
    """Return the words that state a fact, with `§` for its value."""
    body, fact, said = stated.article.body, stated.fact, stated.statement
    return f"{body[said.start : fact.start]}{_VALUE}{body[fact.end : said.end]}"


def cell_askings(help_centre: HelpCentre, stated: StatedFact) -> Iterator[Asking]:
    """Yield the value of a cell, where its row and its column are named."""
    row, columns = cells(slotted(stated)), stated.statement.columns
    place = next((at for at, cell in enumerate(row) if _VALUE in cell), 0)
    found = _CELL.fullmatch(row[place])
    if place == 0 or len(columns) != len(row) or found is None or not _PLAIN.fullmatch(row[0]):
        return
    name = _row_name(help_centre, row[0], columns[0])
    questions = _questions(name, columns[place], stated.fact.kind, found["per"] or "")
    if questions:
        yield Asking(
            stated,
            questions,
            wordings_of(stated.fact, stated.text),
            contexts=contexts_of(help_centre, stated.article),
            topic=f"{columns[place]} {row[0]}",
            articles=(stated.article.id,),
        )


def _row_name(help_centre: HelpCentre, name: str, column: str) -> str:
    inside = help_centre.in_sentence(name)
    if noun := _ROW_NOUNS.get(column.lower()):
        return f"the {inside} {noun}"
    head = _HEAD_END.split(inside)[0]
    if _UNCOUNTED.search(head) or " and " in head:
        return inside
    return f"{'an' if inside[0] in 'aeiou' else 'a'} {inside}"


def _is_plural(name: str) -> bool:
    head = _HEAD_END.split(name)[0]
    return head.endswith("s") and not head.startswith(("the ", "a ", "an "))


def _questions(name: str, column: str, kind: FactKind, per: str) -> tuple[str, ...]:
    small = column.lower()
    if kind is FactKind.PERCENTAGE and name.startswith("the "):
        return (f"How much {small} do I get with {name}?", f"With {name}, how much {small} is it?")
    if kind is FactKind.DURATION and small in _TIMED:
        return (f"How long does {name} take?", f"How much time should I plan for {name}?")
    return _prices(name, column, per) if kind is FactKind.AMOUNT else ()


def _prices(name: str, column: str, per: str) -> tuple[str, ...]:
    small, be = column.lower(), "are" if _is_plural(name) else "is"
    if per:
        where = f" in the {column}" if small not in _PRICED else ""
        return (f"How much {be} {name}{per}{where}?", f"What do I pay for {name}{per}{where}?")
    if small in _PERIODS:
        time = _PERIODS[small]
        return (
            f"How much {be} {name} for {time}?",
            f"What does it cost to have {name} for {time}?",
        )
    if small in _PRICED:
        return (f"How much {be} {name}?", f"What is the {small} for {name}?")
    if small == "deposit":
        return (f"How big is the deposit for {name}?", f"What deposit do you take for {name}?")
    return (f"What do you charge for {name}?",) if "charge" in small else ()
