"""Two releases beside each other, by how their conversations went."""

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request

from app.api.admin.desk import AtDesk
from app.api.admin.release_schemas import ArmsBody, DistanceBody, MeasureBody, MeasuredBody
from app.api.admin.releases import OtherId, ReleaseId
from app.releases.arms import Compared, compare_arms
from app.statistics import Difference, Mean, Rate
from app.store.arms import ArmTurns

router = APIRouter()


def arms_of(request: Request) -> ArmTurns:
    """Return what reads the releases' turns for the application that serves `request`."""
    return cast("ArmTurns", request.app.state.arms)


@router.get("/{release}/compare/{other}")
def compare_conversations(
    release: ReleaseId, other: OtherId, desk: AtDesk, turns: Annotated[ArmTurns, Depends(arms_of)]
) -> ArmsBody:
    """Return how the conversations of both went, the other one's after the first one's."""
    before, after = (desk.releases.release(name).id for name in (release, other))
    found = compare_arms(turns.of_releases((before, after)), before, after)
    return ArmsBody(
        before=before,
        after=after,
        conversations=found.conversations,
        mixed=found.mixed,
        measures=tuple(map(_measure_body, found.measures)),
    )


def _measure_body(one: Compared) -> MeasureBody:
    return MeasureBody(
        name=one.name,
        is_share=isinstance(one.before or one.after, Rate),
        before=_measured_body(one.before),
        after=_measured_body(one.after),
        difference=_distance_body(one.difference),
    )


def _measured_body(found: Rate | Mean | None) -> MeasuredBody | None:
    if found is None:
        return None
    return MeasuredBody(value=found.value, low=found.low, high=found.high, n=found.n)


def _distance_body(found: Difference | None) -> DistanceBody | None:
    if found is None:
        return None
    return DistanceBody(value=found.value, low=found.low, high=found.high)
