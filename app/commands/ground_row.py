"""One row of `candor ground`: a claim or an answer, and the passages that it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge_base.article import Article
from knowledge_base.batch import read_day
from knowledge_base.errors import BadInputError


@dataclass(frozen=True, slots=True)
class GivenPassage:
    """A passage as a row gives it, each an article of its own."""

    article: Article
    heading: str = ""


@dataclass(frozen=True, slots=True)
class GroundRow:
    """What is to be checked; further fields of the row are ignored."""

    text: str
    question: str
    passages: tuple[GivenPassage, ...]
    at: date | None

    @classmethod
    def read(cls, row: Mapping[str, object]) -> "GroundRow":
        """Return the row, checked.

        Raises:
            BadInputError: A field is missing or isn't what it must be.
        """
        given = [row[name] for name in ("claim", "answer") if row.get(name) is not None]
        if len(given) != 1 or not isinstance(given[0], str):
            raise BadInputError("the row needs a text as `claim` or as `answer`, and not both")
        if not given[0].strip():
            raise BadInputError("the text to check is empty")
        question = row.get("question") or ""
        if not isinstance(question, str):
            raise BadInputError("`question` is no text")
        return cls(
            given[0], _whole(question), _passages(row.get("passages")), read_day(row.get("at"))
        )


def _whole(text: str) -> str:
    """Return the text with half characters, which JSON can carry, replaced one for one."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _passages(given: object) -> tuple[GivenPassage, ...]:
    if not isinstance(given, list):
        raise BadInputError("the row has no list of `passages`")
    return tuple(_passage(place, one) for place, one in enumerate(given))


def _passage(place: int, given: object) -> GivenPassage:
    fields = {"text": given} if isinstance(given, str) else given
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise BadInputError(f"passage {place} is neither a text nor an object with a `text`")
    name = f"passage-{place}"
    article = Article(
        id=name,
        title=_text(fields, "title", place),
        body=_whole(fields["text"]),
        path=name,
        applies_to=_applies_to(fields.get("applies_to"), place),
    )
    return GivenPassage(article, _text(fields, "heading", place))


def _text(fields: Mapping[str, object], name: str, place: int) -> str:
    """Return a field's text; a path of headings is joined."""
    given = fields.get(name) or ""
    if isinstance(given, list) and all(isinstance(one, str) for one in given):
        return _whole("\n".join(given))
    if not isinstance(given, str):
        raise BadInputError(f"`{name}` of passage {place} is no text")
    return _whole(given)


def _applies_to(given: object, place: int) -> dict[str, tuple[str, ...]]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise BadInputError(f"`applies_to` of passage {place} is no object")
    return {key: _values(values, place) for key, values in given.items()}


def _values(given: object, place: int) -> tuple[str, ...]:
    values: Sequence[object] = given if isinstance(given, list) else [given]
    if not all(isinstance(value, str) for value in values):
        raise BadInputError(f"`applies_to` of passage {place} holds something other than text")
    return tuple(str(value) for value in values)
