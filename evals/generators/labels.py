"""Labels: "Monthly fee: 12 USD" and rows of tables, with the questions that ask for the value."""

import re
from collections.abc import Iterator

from evals.generators.asking import Asking, Limit
from evals.generators.cells import cell_askings, slotted
from evals.generators.clauses import is_owned
from evals.generators.help_centre import HelpCentre, StatedFact
from evals.generators.values import is_number, wordings_of
from evals.generators.wording import turned
from evals.wording import states
from knowledge_base.article import Article
from knowledge_base.policy.fact import Comparator, FactKind
from knowledge_base.sentences import SentenceKind
from knowledge_base.statements import cells

_HEADS = (
    "allowance|amount|apr|apy|balance|balances|bonus|cap|charge|cost|discount|fee|fees|length|limit|"
    "limits|maximum|minimum|penalty|period|premium|price|protection|rate|rebate|rebates|"
    "requirement|score|threshold|time|turnaround|window|yield|cashback|"
    "(?:initial|opening|qualifying) deposit"
)
"""Nouns that a value can be a value of: a label that ends with none of them isn't asked for."""
_LABEL = re.compile(
    rf"(?:[-*] )?\**(?P<label>[A-Z][A-Za-z’'/ -]{{3,50}}\b(?i:{_HEADS}))\**:\** "
    r"(?:up to |at least |at most )?§(?:[ ,;(][^\d§]*)?[.;]?"
)
_UNSPECIFIC = frozenset(
    [
        "annual",
        "bonus",
        "cap",
        "daily",
        "limit",
        "maximum",
        "max",
        "min",
        "minimum",
        "monthly",
        "my",
        "per",
        "period",
        "rate",
        "required",
        "requirement",
        "threshold",
        "time",
        "total",
        "value",
        "window",
        "yearly",
        "your",
        "amount",
    ]
)
"""Words that say too little: a label of these alone is understood on its page only."""
_ROW_HEADS = re.compile(rf"(?i)\b(?:{_HEADS})$")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_COLUMNS_OF_NAMES = ("amount", "value", "detail", "limit", "fee", "setting")
_VALUE = "§"
_PLURALS = ("fees", "limits", "rebates", "balances")
_CLAUSE = re.compile(r"\b(?:is|are|if|when|any|you|their|its|this)\b", re.IGNORECASE)
_MINIMUM = re.compile(r"\bmin(?:imum)?\b", re.IGNORECASE)
_MAXIMUM = re.compile(r"\b(?:limit|max(?:imum)?|cap)\b", re.IGNORECASE)
_PLAIN = re.compile(r"[\w ,’'/-]+")


def label_askings(help_centre: HelpCentre, article: Article) -> Iterator[Asking]:
    """Yield what stands behind a label, where the article is about a product that it names."""
    product = help_centre.product_of(article)
    for stated in help_centre.stated_facts(article):
        is_row = stated.statement.kind is SentenceKind.TABLE_ROW
        if not is_number(stated.fact, stated.text) or _is_range(stated):
            continue
        if is_row and not product:
            yield from cell_askings(help_centre, stated)
            continue
        label = _row_label(stated) if is_row else _list_label(stated)
        if product and not (_CLAUSE.search(label) or _is_unspecific(label)):
            yield _asking(help_centre, stated, label)


def _is_unspecific(label: str) -> bool:
    return _UNSPECIFIC.issuperset(label.lower().split())


def _is_range(stated: StatedFact) -> bool:
    return stated.fact.comparator in {Comparator.BETWEEN_LOW, Comparator.BETWEEN_HIGH}


def _list_label(stated: StatedFact) -> str:
    found = _LABEL.fullmatch(" ".join(slotted(stated).split()))
    return found["label"] if found else ""


def _row_label(stated: StatedFact) -> str:
    row, columns = cells(slotted(stated)), stated.statement.columns
    if len(row) != 2 or len(columns) != 2 or not columns[1].lower().startswith(_COLUMNS_OF_NAMES):  # noqa: PLR2004 - a name and its value
        return ""
    label = _BRACKETS.sub("", row[0]).replace("*", "").strip()
    is_plain = _PLAIN.fullmatch(label) and row[1].strip("* ") == _VALUE
    return label if is_plain and _ROW_HEADS.search(label) else ""


def _asking(help_centre: HelpCentre, stated: StatedFact, label: str) -> Asking:
    product = help_centre.product_of(stated.article)
    name = turned(help_centre.in_sentence(_BRACKETS.sub("", label)))
    has_product = states(name, product)
    of = (
        "" if has_product else f" {'for' if product.endswith('Management') else 'on'} the {product}"
    )
    named = name if name.startswith("my ") else f"the {name}"
    be = "are" if name.split(" on ")[0].endswith(_PLURALS) else "is"
    wordings: tuple[str, ...] = (f"What {be} {named}{of}?", f"Can you tell me {named}{of}?")
    if stated.fact.kind is FactKind.AMOUNT:
        wordings = (*wordings, f"How much {be} {named}{of}?")
    return Asking(
        stated,
        wordings,
        wordings_of(stated.fact, stated.text),
        product="" if has_product else product,
        topic=name,
        limit=_limit(name, product),
        articles=(stated.article.id,),
    )


def _the(product: str) -> str:
    return f"the {product}" if is_owned(product) else product


def _limit(name: str, product: str) -> Limit | None:
    if _MINIMUM.search(name):
        return Limit(
            f"I have $value. Is that enough for the {name} on {_the(product)}?", Comparator.AT_LEAST
        )
    if _MAXIMUM.search(name):
        return Limit(f"Is $value within the {name} on {_the(product)}?", Comparator.AT_MOST)
    return None
