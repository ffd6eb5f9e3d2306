"""Why an answer says what it says: each sentence with its verdict, its reason and its passage."""

import streamlit as st

from app.api.schemas import ClaimBody, ReceiptBody, ReceiptsBody, TurnBody
from ui.answer import plain
from ui.client import ApiClient
from ui.transport import ApiAwayError, ApiProblemError

_RULINGS = {
    "released": "Shown as it was written",
    "repaired": "Written a second time, or without a link that no article names",
    "quoted": "Quoted from the article, because the first wording did not hold",
}
_VERDICTS = {
    "SUPPORTED": ":material/check: Supported",
    "CONTRADICTED": ":material/close: Contradicted",
    "NOT_ENOUGH_INFO": ":material/help: Not enough information",
}


def show(client: ApiClient, turn: TurnBody) -> None:
    """Draw what the sentences of an answered turn rest on, behind an expander."""
    try:
        receipts = _receipts(client, turn.turn)
    except (ApiAwayError, ApiProblemError):
        return  # the answer stands without it
    if not receipts.receipts and not receipts.withheld:
        return
    with st.expander("Why this answer?", icon=":material/fact_check:"):
        for receipt in receipts.receipts:
            _receipt(receipt)
        _withheld(receipts)


def _receipt(receipt: ReceiptBody) -> None:
    with st.container(border=True):
        st.text(receipt.text)
        st.caption(f"{_RULINGS[receipt.ruling]}.")
        for claim in receipt.claims:
            _claim(claim)


def _claim(claim: ClaimBody) -> None:
    st.markdown(f"**{_VERDICTS[claim.verdict]}** ({plain(claim.check)}): {plain(claim.reason)}")
    if claim.evidence is not None:
        st.caption(f":material/article: {plain(claim.evidence.title)}")


def _withheld(receipts: ReceiptsBody) -> None:
    count = sum(one.sentences for one in receipts.withheld)
    if count:
        checks = ", ".join(plain(one.check) for one in receipts.withheld)
        sentences = "1 drafted sentence was" if count == 1 else f"{count} drafted sentences were"
        st.caption(f"{sentences} withheld, because of: {checks}.")


@st.cache_data(max_entries=500, show_spinner=False)
def _receipts(_client: ApiClient, turn: str) -> ReceiptsBody:
    return _client.receipts(turn)
