"""The tab *Review queue*: answers that a person makes cases of, with what would have been right."""

import streamlit as st
from pydantic import ValidationError

from app.api.admin.evaluation_schemas import OUTCOMES, CandidateBody, RightAnswerBody
from ui.admin import AdminApi
from ui.answer import plain
from ui.evaluations.client import EvaluationsClient
from ui.markup import to_html
from ui.transport import ApiProblemError

_SHOWN = 20
_OCCASIONS = {
    "thumb_down": "a thumb down",
    "kept_back": "a sentence that was kept back",
    "low_score": "a low score",
    "sampled": "drawn at random",
}
_SAID = "reviews-said"


def show(api: AdminApi) -> None:
    """Draw the answers that wait, each with the form that says what is right."""
    client = EvaluationsClient(api)
    if told := st.session_state.pop(_SAID, None):
        st.success(told, icon=":material/check_circle:")
    st.write(
        "Say what the right answer is, and the question becomes a case. "
        "`candor eval review --output cases.jsonl` writes them as a suite."
    )
    waiting = client.candidates(_SHOWN)
    if not waiting:
        st.info("Nothing waits to be reviewed.")
    for candidate in waiting:
        with st.expander(plain(candidate.question)):
            _candidate(client, candidate)


def _candidate(client: EvaluationsClient, candidate: CandidateBody) -> None:
    because = ", ".join(_OCCASIONS[one] for one in candidate.occasions)
    st.caption(plain(f"{candidate.asked:%Y-%m-%d %H:%M} UTC, {candidate.outcome}: {because}."))
    for earlier in candidate.history:
        st.caption(plain(f"Asked before: {earlier}"))
    st.html(f'<div class="candor-text">{to_html(candidate.text)}</div>')
    if candidate.comment:
        st.caption(plain(f"The customer wrote: {candidate.comment}"))
    _form(client, candidate)


def _form(client: EvaluationsClient, candidate: CandidateBody) -> None:
    key = candidate.turn
    with st.form(f"review-{key}"):
        outcomes = st.multiselect("Right outcomes", OUTCOMES, key=f"outcomes-{key}")
        articles = st.text_area(
            "Articles that hold the answer, an id a line",
            "\n".join(candidate.articles),
            key=f"articles-{key}",
        )
        must = st.text_area(
            "What it must say, a fact a line; other wordings after `|`", key=f"must-{key}"
        )
        must_not = st.text_area("What would be wrong, a line each", key=f"must-not-{key}")
        with st.container(horizontal=True):
            accepted = st.form_submit_button("Make it a case", type="primary")
            dismissed = st.form_submit_button("Dismiss")
    if dismissed:
        _say(client, key, None)
    elif accepted:
        _accept(client, key, outcomes, {"articles": articles, "must": must, "must_not": must_not})


def _accept(
    client: EvaluationsClient, turn: str, outcomes: list[str], written: dict[str, str | None]
) -> None:
    lines = {name: (text or "").split("\n") for name, text in written.items()}
    kept = {name: [one.strip() for one in each if one.strip()] for name, each in lines.items()}
    must = [[part.strip() for part in fact.split("|") if part.strip()] for fact in kept["must"]]
    try:
        right = RightAnswerBody.model_validate({**kept, "must": must, "outcomes": outcomes})
    except ValidationError as error:
        st.error(plain(_first(error)), icon=":material/error:")
        return
    _say(client, turn, right)


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if first["loc"][:1] == ("outcomes",):
        return "Choose at least one outcome that would have been right."
    return f"That makes no case: {first['msg'].removeprefix('Value error, ')}."


def _say(client: EvaluationsClient, turn: str, right: RightAnswerBody | None) -> None:
    try:
        client.review(turn, right)
    except ApiProblemError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
    else:
        st.session_state[_SAID] = "It became a case." if right else "It was taken from the queue."
        st.rerun()
