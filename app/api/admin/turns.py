"""How a turn was answered: what was found, who wrote, and what that took."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter

from app.api.admin.schemas import FoundBody, TurnRecordBody, UsageBody
from app.api.services import Provided, TurnId
from app.errors import ConflictError
from app.store.records import PassageRecord

router = APIRouter()


@router.get("/{turn}")
def read_record(turn: TurnId, services: Provided) -> TurnRecordBody:
    """Return how a turn that has been answered came about."""
    kept = services.conversations.turn(turn)
    answer = kept.answer
    if answer is None:
        raise ConflictError("The turn hasn't been answered: it is running still, or has failed.")
    return TurnRecordBody(
        turn=turn,
        query=answer.query,
        asked=kept.created.date(),
        model=answer.model,
        prompt=answer.prompt,
        prompt_fingerprint=answer.prompt_fingerprint,
        passages=tuple(_found(answer.passages)),
        usage=tuple(UsageBody.model_validate(call, from_attributes=True) for call in kept.usage),
        timings_ms=dict(answer.timings_ms),
    )


def _found(passages: Sequence[PassageRecord]) -> Iterator[FoundBody]:
    for passage in passages:
        # A chunk is named by its article and its span, `shipping-us#0-420`.
        start, _, end = passage.chunk.rpartition("#")[2].partition("-")
        yield FoundBody(
            article=passage.article, start=int(start), end=int(end), score=passage.score
        )
