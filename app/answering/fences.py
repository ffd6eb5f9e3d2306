"""Everything that reaches a model from outside stands in a fence, as data.

No text can close its own fence: inside, the `<` of anything that looks like one of the fences'
tags, or like a mark that opens a message in a model's own template (`<|im_start|>`), is replaced by
a look-alike, and attributes are escaped. The rest of the text stays as it is, because the model is
asked to copy it.
"""

import html
import re
from collections.abc import Sequence

from app.answer import Question
from knowledge_base.article import Passage

IN_CONVERSATION = "In the conversation this means:"
OF_THE_CUSTOMER = "The customer's own:"
LABELS = (IN_CONVERSATION, OF_THE_CUSTOMER)
"""What is said to a model of what it is told: a sentence that begins so is an echo of that."""
_UNSEEN = r"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*"
_NAMES = "|".join(_UNSEEN.join(name) for name in ("passage", "question", "draft", "objections"))
_TAG = re.compile(
    rf"[<＜﹤](?={_UNSEEN}[/／]?{_UNSEEN}(?:{_NAMES})|\||/?s>|</?SYS>)",  # noqa: RUF001 — look-alikes of < and / are the point
    re.IGNORECASE,
)


def fenced_passages(passages: Sequence[Passage]) -> str:
    """Return the passages numbered from 1, each in its fence with its title, heading and scope."""
    return "\n".join(_passage(number, passage) for number, passage in enumerate(passages, 1))


def fenced_question(question: Question) -> str:
    """Return what the customer asked, with what the conversation says beside it."""
    lines = [question.text]
    if question.query != question.text:
        lines.append(f"{IN_CONVERSATION} {question.query}")
    if question.scope:
        said = ", ".join(f"{key} {value}" for key, value in sorted(question.scope.items()))
        lines.append(f"{OF_THE_CUSTOMER} {said}")
    return without_fences("\n".join(lines))


def without_fences(text: str) -> str:
    """Return `text` with nothing in it that opens or closes a fence."""
    return _TAG.sub("‹", text)  # noqa: RUF001 — a look-alike that is no tag


def _passage(number: int, passage: Passage) -> str:
    attributes = {
        "number": str(number),
        "title": passage.article.title,
        "heading": " › ".join(passage.chunk.heading_path),
        "applies_to": _scope(passage),
        "not_in_force_before": "" if passage.in_force else str(passage.article.valid_from),
    }
    written = "".join(f' {name}="{_escaped(text)}"' for name, text in attributes.items() if text)
    return f"<passage{written}>\n{without_fences(passage.chunk.text)}\n</passage>"


def _scope(passage: Passage) -> str:
    return "; ".join(
        f"{key}: {', '.join(values)}" for key, values in sorted(passage.article.applies_to.items())
    )


def _escaped(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=True)
