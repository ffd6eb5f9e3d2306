"""Whether a client wants the answer as a stream or whole."""

from dataclasses import dataclass

_JSON = "application/json"
_STREAM = "text/event-stream"


@dataclass(frozen=True, slots=True)
class _Preference:
    media_type: str
    quality: float


def wants_json(accept: str) -> bool:
    """Return whether an `Accept` header asks for JSON by name, and not for a stream first.

    `*/*`, no header and whatever can't be read mean the stream.
    """
    qualities = {each.media_type: each.quality for each in map(_preference, accept.split(","))}
    return qualities.get(_JSON, 0.0) > qualities.get(_STREAM, 0.0)


def _preference(text: str) -> _Preference:
    media_type, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return _Preference(media_type, _quality(value.strip()))
    return _Preference(media_type, 1.0)


def _quality(text: str) -> float:
    try:
        quality = float(text)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
